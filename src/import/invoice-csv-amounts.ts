import { parseKroner, type Ore } from '../law/money.js';

/** What stands before the øre in a file: one and the same for all its amounts. */
export type DecimalMark = ',' | '.';

export type CsvAmount =
  | { readonly ok: true; readonly ore: Ore }
  | {
      readonly ok: false;
      readonly why: string;
      /** Only the other amounts of the file can tell. */ readonly ambiguous: boolean;
    };

const no = (why: string): CsvAmount => ({ ok: false, why, ambiguous: false });

const BLANKS = /[ \u00a0\u202f\u2009']/g;
const GROUPED_BY_BLANKS = /^\d{1,3}(?:[ \u00a0\u202f\u2009']\d{3})+$/;

/** With nothing around or between them that could be taken away. */
const DIGITS_AND_MARKS = /^[\d,.]+$/;

interface Written {
  readonly negative: boolean;
  readonly digits: string;
}

function written(text: string): Written {
  if (DIGITS_AND_MARKS.test(text)) return { negative: false, digits: text };
  const bare = text
    .trim()
    .replace(/^(?:kr|nok)\.?\s*/i, '')
    .replace(/\s*(?:kr|nok)\.?$/i, '')
    .replace(/[,.]-$/, '');
  return { negative: /^[-−–]/.test(bare), digits: bare.replace(/^[-−–+]\s*/, '') };
}

/** The decimal mark an amount shows by itself; null where it could be either, or neither. */
export function markIn(text: string): DecimalMark | null {
  return shownMark(written(text).digits);
}

function shownMark(digits: string): DecimalMark | null {
  const bare = digits.replace(BLANKS, '');
  const comma = bare.lastIndexOf(',');
  const point = bare.lastIndexOf('.');
  const last = Math.max(comma, point);
  if (last < 0) return null;
  const mark = last === comma ? ',' : '.';
  if (comma >= 0 && point >= 0) return mark;
  // The same mark twice groups thousands, so the other one is what øre would stand behind.
  if (bare.indexOf(mark) < last) return mark === ',' ? '.' : ',';
  return bare.length - last - 1 === 3 ? null : mark;
}

/**
 * An amount of a file whose decimal mark is known, or not yet: kroner with at most two decimals, thousands parted by
 * blanks or by the other mark, maybe negative. Never read as something it could be by chance.
 */
export function readAmountIn(text: string, mark: DecimalMark | null): CsvAmount {
  const { negative, digits } = written(text);
  const own = shownMark(digits);
  if (own !== null && mark !== null && own !== mark) {
    const here = own === ',' ? 'komma' : 'punktum';
    return no(
      `«${text}» har ${here} foran ørene, men andre beløp i filen har ${mark === ',' ? 'komma' : 'punktum'}`,
    );
  }
  const used = own ?? mark;
  if (used === null && /[,.]/.test(digits)) {
    const why = `«${text}» kan bety to beløp, og ingen andre beløp i filen viser om øre står etter komma eller punktum`;
    return { ok: false, why, ambiguous: true };
  }
  const cut = used === null ? -1 : digits.indexOf(used);
  return cut < 0
    ? kroner(text, ungrouped(digits, used), null, negative)
    : kroner(text, ungrouped(digits.slice(0, cut), used), digits.slice(cut + 1), negative);
}

function kroner(text: string, whole: string | null, fraction: string | null, negative: boolean): CsvAmount {
  if (whole === null || (fraction !== null && !/^\d+$/.test(fraction))) return no(notAnAmount(text));
  if (fraction !== null && fraction.length > 2) return no(`«${text}» har flere enn to desimaler`);
  const parsed = parseKroner(fraction === null ? whole : `${whole},${fraction}`);
  if (!parsed.ok) return no(parsed.why);
  return { ok: true, ore: negative && parsed.ore > 0 ? -parsed.ore : parsed.ore };
}

/** The whole kroner without what parts the thousands; null when they are parted in any other way. */
function ungrouped(whole: string, mark: DecimalMark | null): string | null {
  if (/^\d+$/.test(whole)) return whole;
  if (GROUPED_BY_BLANKS.test(whole)) return whole.replace(BLANKS, '');
  if (mark === ',' && /^\d{1,3}(?:\.\d{3})+$/.test(whole)) return whole.replaceAll('.', '');
  if (mark === '.' && /^\d{1,3}(?:,\d{3})+$/.test(whole)) return whole.replaceAll(',', '');
  return null;
}

function notAnAmount(text: string): string {
  return /^\s*[-+]?\d[\d.,]*e[-+]?\d+\s*$/i.test(text)
    ? `«${text}» er avkortet av et regneark; vis kolonnen som tall med to desimaler og eksporter på nytt`
    : `«${text.slice(0, 60)}» er ikke et beløp; ventet for eksempel 1234,50`;
}

/** An amount that its program states in whole øre. */
export function readOre(text: string): CsvAmount {
  const { negative, digits } = written(text);
  if (!/^\d{1,12}$/.test(digits)) {
    return no(`«${text.slice(0, 60)}» skal være hele øre, som 125050 for 1250,50 kr`);
  }
  const parsed = parseKroner(`${digits.slice(0, -2) || '0'},${digits.slice(-2).padStart(2, '0')}`);
  if (!parsed.ok) return no(parsed.why);
  return { ok: true, ore: negative && parsed.ore > 0 ? -parsed.ore : parsed.ore };
}
