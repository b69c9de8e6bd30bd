/** The first version of Chromium that can write in the margins of a page. */
export const FOOT_FROM = 131;

/** What stands before and between the numbers, by the language of the letter. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  nb: ['Side', 'av'],
  nn: ['Side', 'av'],
  en: ['Page', 'of'],
};

/** What stands at the foot of the sheets of a letter of several. */
export interface Foot {
  /** BCP 47. */
  readonly language: string;
  /** Whose sheet it is, so that a loose one finds its place: a text of a style sheet, in its quotes. */
  readonly foot?: string | undefined;
}

/** The same letter, known to take so many pages, with "Side 1 av 2" in the lower margin: it moves nothing on the page. */
export function withFoot(html: string, pages: number, foot: Foot): string {
  const css = `@page { ${margin(foot, 'page', pages)} }`;
  return html.replace('</head>', () => `<style>${css}</style></head>`);
}

/** The same for a letter among others, whose pages have a name of their own. */
export function footOfPages(name: string, pages: number, foot: Foot): string {
  const number = `ark-${name}`;
  return `@page ${name} { counter-increment: ${number}; ${margin(foot, number, pages)} }`;
}

function margin({ language, foot }: Foot, counter: string, pages: number): string {
  const [page, of] = WORDS[language.slice(0, 2)] ?? ['Side', 'av'];
  const small = 'font-size: 8pt; color: #444;';
  const left = foot === undefined ? '' : `@bottom-left { content: ${foot}; ${small} } `;
  return `${left}@bottom-right { content: "${page} " counter(${counter}) " ${of} ${pages}"; ${small} }`;
}
