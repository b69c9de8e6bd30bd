/** The tags a user's template may use: none of them can hide text, move it or fetch anything. */
const TAGS = /<(?:\/?(?:p|strong|em|ul|ol|li)|br|span class="figure"|\/span)>/g;

const ENTITIES = /&(?:amp|lt|gt|quot|nbsp);/g;

/** Marks nobody sees, with which a word can be written without being read as that word. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|(?![\n\r\t])\p{Cc}/u;

/** Amounts, rates, dates and numbers of days: those of the claim, never the template's. */
const FIGURES =
  /\d[\d ]*(?:,\d+|,-)? ?(?:kr\b|kroner|NOK|%|prosent|percent)|\b(?:kr|NOK)\.? ?\d|\d{1,2}\. ?(?:\d{1,2}\.|[a-zA-Z]+ \d{4})|\b\d+ (?:dag|day|time|hour|uke|veke|week|måned|månad|month)/i;

/** What is wrong with the words and tags of a user's template, in bokmål; null when nothing is. */
export function markupFault(content: string): string | null {
  if (UNSEEN.test(content)) return 'den har usynlige tegn';
  const foreign = /[^\P{L}\p{Script=Latin}]/u.exec(content)?.[0];
  if (foreign !== undefined) return `«${foreign}» er fra et annet alfabet`;
  const rest = content.replace(TAGS, ' ').replace(ENTITIES, ' ');
  const tag = /<[^>]*>?|>/.exec(rest)?.[0];
  if (tag !== undefined)
    return `«${tag}» kan ikke brukes; det som kan, er <p>, <strong>, <em>, <br>, <ul>, <ol>, <li> og <span class="figure">`;
  const entity = /&(?:#|[a-z]+;)\S*/i.exec(rest)?.[0];
  if (entity !== undefined) return `«${entity}» kan ikke brukes; skriv tegnet som det er`;
  const figure = FIGURES.exec(rest)?.[0];
  return figure === undefined
    ? null
    : `«${figure}» er skrevet inn i malen; beløp, satser og frister hentes fra saken med {{total}}, {{fee}}, {{interestRate}} og {{deadline}}`;
}

/** Whether every tag that is opened is closed again, in the right order. */
export function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (name === 'br' || name === 'meta' || name === 'img') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
