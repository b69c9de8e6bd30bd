import type { Explanation } from '../case/why.js';
import type { Language } from '../case/party.js';
import { formatDate } from '../law/dates.js';
import { formatNumber } from '../law/money.js';
import { APPENDIX, type AppendixWords } from './appendix-words.js';
import { formatRate } from './format.js';
import { wordsOf } from './languages.js';
import { plainText } from './plain.js';
import type { Words } from './words.js';

/** One figure of the appendix, with what it comes from. */
export interface AppendixRow {
  /** How far down the tree it stands: `level-0` for the total. */
  readonly level: string;
  readonly text: string;
  readonly formula: string | null;
  readonly rate: string | null;
  readonly ground: string | null;
  readonly amount: string;
}

/** How every krone of the letter comes about: the last pages of the letter. */
export interface AppendixView {
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly AppendixRow[];
}

export interface AppendixInput {
  readonly explanation: Explanation;
  readonly language: Language;
  readonly letter: string;
  readonly date: string;
  readonly claim: string;
}

/** The tree that `why` shows, in the words of the letter. */
export function appendixView({ explanation, language, letter, date, claim }: AppendixInput): AppendixView {
  const more = APPENDIX[language];
  return {
    title: more.title,
    intro: more.intro(letter, date, claim),
    rows: rowsOf(explanation, wordsOf(language), more, 0),
  };
}

function rowsOf(node: Explanation, words: Words, more: AppendixWords, depth: number): AppendixRow[] {
  const row: AppendixRow = {
    level: `level-${Math.min(depth, 4)}`,
    text: textOf(node, words, more),
    formula: formulaOf(node, more),
    rate: rateOf(node, more),
    ground: node.hjemmel === null ? null : `${more.ground}: ${words.cite(node.hjemmel)}`,
    amount: formatNumber(node.amountOre),
  };
  return [row, ...node.children.flatMap((child) => rowsOf(child, words, more, depth + 1))];
}

function textOf({ subject }: Explanation, words: Words, more: AppendixWords): string {
  const { labels } = words;
  switch (subject.kind) {
    case 'open':
    case 'letter':
      return more.total;
    case 'principal':
      return labels.principal;
    case 'interest':
      return labels.interest;
    case 'invoice':
      return words.invoiceLine(plainText(subject.invoice), null, formatDate(subject.due));
    case 'period':
      return `${formatDate(subject.from)}–${formatDate(subject.to)}`;
    case 'fee':
      // By its date and not its name: an inkassovarsel must not speak of a purring (L4).
      return subject.ours ? more.feeOf(formatDate(subject.on)) : more.feeBefore(formatDate(subject.on));
    case 'compensation':
      return labels.compensation;
    case 'covered':
      return labels.covered;
    case 'movement':
      return words.movement(subject.movement, formatDate(subject.on));
    default:
      return more.plain[subject.kind];
  }
}

function formulaOf({ formula, inputs }: Explanation, more: AppendixWords): string | null {
  const at = (name: string): string => String(inputs[name] ?? '');
  switch (formula) {
    case 'interest': {
      const days = more.days(at('days'), at('yearDays'));
      return `${formatNumber(Number(at('baseOre')))} × ${formatRate(at('ratePercent'))} × ${days}`;
    }
    case 'fee':
      return more.wholeKroner(`${at('numerator')}/${at('denominator')} × ${at('satsKroner')} kr`);
    case 'compensation':
      return `40 EUR = ${at('kroner')} kr`;
    case 'fact':
    case 'sum':
    case 'max':
      return null;
  }
}

/** The regulation a rate was published in; of what a user has looked up, the words it was entered with. */
function rateOf({ rate }: Explanation, more: AppendixWords): string | null {
  if (rate === null) return null;
  const unit = rate.table === 'forsinkelsesrente' ? '%' : 'kr';
  const name = more.rates[rate.table] ?? rate.table;
  const found = `${name} ${rate.value.replace('.', ',')} ${unit} ${more.from} ${formatDate(rate.from)}`;
  const published = rate.sources.map((source) => /FOR-\d{4}-\d{2}-\d{2}-\d+/.exec(source)?.[0]);
  const source = rate.origin === 'added' ? rate.sources[0] : published.find((one) => one !== undefined);
  return source === undefined ? found : `${found}, ${more.source}: ${plainText(source)}`;
}
