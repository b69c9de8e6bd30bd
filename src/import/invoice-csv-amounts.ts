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

interface Written {
  readonly negative: boolean;
  readonly digits: string;
}

function written(text: string): Written {
  const bare = text
    .trim()
    .replace(/^(?:kr|nok)\.?\s*/i, '')
    .replace(/\s*(?:kr|nok)\.?$/i, '')
    .replace(/[,.]-$/, '');
  return { negative: /^[-−–]/.test(bare), digits: bare.replace(/^[-−–+]\s*/, '') };
}

/** The decimal mark an amount shows by itself; null where it could be either, or neither. */
export function markIn(text: string): DecimalMark | null {
  const { digits } = written(text);
  const parts = digits.replace(BLANKS, '').split(/([,.])/);
  const marks = parts.filter((_, index) => index % 2 === 1);
  const last = parts.at(-1) ?? '';
  if (marks.length === 0) return null;
  const mark = marks.at(-1) === ',' ? ',' : '.';
  const other = mark === ',' ? '.' : ',';
  if (new Set(marks).size === 2) return mark;
  // The same mark twice groups thousands, so the other one is what øre would stand behind.
  if (marks.length > 1) return other;
  return last.length === 3 ? null : mark;
}

/**
 * An amount of a file whose decimal mark is known, or not yet: kroner with at most two decimals, thousands parted by
 * blanks or by the other mark, maybe negative. Never read as something it could be by chance.
 */
export function readAmountIn(text: string, mark: DecimalMark | null): CsvAmount {
  const { negative, digits } = written(text);
  const own = markIn(text);
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
  const [whole = '', fraction, ...more] = used === null ? [digits] : digits.split(used);
  if (more.length > 0) return no(notAnAmount(text));
  return kroner(text, ungrouped(whole, used), fraction, negative);
}

function kroner(
  text: string,
  whole: string | null,
  fraction: string | undefined,
  negative: boolean,
): CsvAmount {
  if (whole === null || (fraction !== undefined && !/^\d+$/.test(fraction))) return no(notAnAmount(text));
  if (fraction !== undefined && fraction.length > 2) return no(`«${text}» har flere enn to desimaler`);
  const parsed = parseKroner(fraction === undefined ? whole : `${whole},${fraction}`);
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
