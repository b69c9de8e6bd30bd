import { Decimal } from 'decimal.js';

/** Digits enough for any product of an amount, a rate and days, and for telling a half from what is nearly one. */
const DIGITS = 60;

// Made when an amount needs it, which few do.
let Wide: typeof Decimal | null = null;

function exact(value: number | Decimal): Decimal {
  Wide ??= Decimal.clone({ precision: DIGITS });
  return new Wide(value);
}

/** An amount in øre, always a whole number. */
export type Ore = number;

// Up to here a product of whole numbers, and one divisor more, are held exactly, and a quotient rounded to the nearest
// number is below the next whole number or at it.
const EXACT_UP_TO = 2 ** 52;

/**
 * The one rounding rule: numerator ÷ denominator to the nearest whole number, half up. Both are whole numbers, the
 * numerator not negative. Whole-number arithmetic where the result is exact, decimal arithmetic beyond.
 */
export function roundHalfUp(numerator: number | Decimal, denominator: number): number {
  if (typeof numerator === 'number' && numerator <= EXACT_UP_TO) return halfUp(numerator, denominator);
  return exact(numerator).div(denominator).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
}

function halfUp(numerator: number, denominator: number): number {
  let whole = Math.floor(numerator / denominator);
  let rest = numerator - whole * denominator;
  if (rest < 0) {
    whole -= 1;
    rest += denominator;
  }
  return 2 * rest >= denominator ? whole + 1 : whole;
}

/** `amount` × `factor` ÷ `divisor`, multiplied first and divided (and rounded half up) once; exact whatever the size. */
export function scaled(amount: Ore, factor: number, divisor: number): Ore {
  const product = amount * factor;
  return product <= EXACT_UP_TO ? halfUp(product, divisor) : roundHalfUp(exact(amount).mul(factor), divisor);
}

/** `amount` × every factor ÷ `divisor`, multiplied first and divided (and rounded half up) once. */
export function proportion(amount: Ore, factors: readonly number[], divisor: number): Ore {
  const product = factors.reduce((all, factor) => all * factor, amount);
  if (product <= EXACT_UP_TO) return halfUp(product, divisor);
  return roundHalfUp(
    factors.reduce((all, factor) => all.mul(factor), exact(amount)),
    divisor,
  );
}

/** A decimal text such as `12.25` as a whole number of hundredths: 1225. */
export function hundredths(text: string): number {
  const plain = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (plain !== null) return Number(plain[1]) * 100 + Number((plain[2] ?? '').padEnd(2, '0'));
  return new Decimal(text).mul(100).toNumber();
}

/** Whole kroner of an amount in øre, rounded half up, as øre (F2). */
export function toWholeKroner(numeratorOre: number, denominator: number): Ore {
  return roundHalfUp(numeratorOre, denominator * 100) * 100;
}

/** Court fees: a multiple (in hundredths) of a whole-krone fee, rounded down to whole kroner (W3). Returns øre. */
export function floorKroner(kroner: number, multipleHundredths: number): Ore {
  return Math.floor((kroner * multipleHundredths) / 100) * 100;
}

/** The sum of amounts in øre; 0 of none. */
export function sum(amounts: readonly Ore[]): Ore {
  return amounts.reduce((total, amount) => total + amount, 0);
}

export type ParsedAmount =
  { readonly ok: true; readonly ore: Ore } | { readonly ok: false; readonly why: string };

/** Larger claims than this are a typing error; the sums of many of them still fit exactly in a number. */
const LARGEST_ORE = 100_000_000_000;

/**
 * Reads an amount in kroner: `1234,50`, `1 234,50`, `1234.50`, `1234`. Anything that could mean two amounts, such as
 * `1.234`, is refused with a sentence that says why.
 */
export function parseKroner(text: string): ParsedAmount {
  const trimmed = text.trim().replace(/\s*(kr|nok)\.?$/i, '');
  const no = (why: string): ParsedAmount => ({ ok: false, why });
  if (/^-/.test(trimmed)) return no(`«${text}» er negativt; beløpet må være større enn null`);
  const match = /^(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:([.,])(\d+))?$/u.exec(trimmed);
  if (match === null) return no(`«${text}» er ikke et beløp; skriv for eksempel 1234,50`);
  const [, whole = '', , fraction = ''] = match;
  if (fraction.length === 3) {
    return no(
      `«${text}» kan bety to beløp; skriv hele kroner uten skilletegn og ører etter komma, som 1234,50`,
    );
  }
  if (fraction.length > 2) return no(`«${text}» har flere enn to desimaler`);
  const ore = Number(whole.replace(/\D/g, '')) * 100 + Number(fraction.padEnd(2, '0'));
  if (ore > LARGEST_ORE) return no(`«${text}» er for stort; største beløp er 1 000 000 000 kr`);
  return { ok: true, ore };
}

/** The way people read an amount: `1 234,50 kr`. */
export function formatKroner(ore: Ore): string {
  return `${formatNumber(ore)} kr`;
}

/** The same without the unit: `1 234,50`. */
export function formatNumber(ore: Ore): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  let end = digits.length - 2;
  let text = `,${digits.slice(end)}`;
  for (; end > 3; end -= 3) text = ` ${digits.slice(end - 3, end)}${text}`;
  return `${ore < 0 ? '−' : ''}${digits.slice(0, end)}${text}`;
}

/** A rate in percent the way people read it: `12.25` as `12,25 %`. */
export function formatPercent(rate: string): string {
  return `${rate.replace('.', ',')} %`;
}

/**
 * A figure people compare, such as days or percent: numerator ÷ denominator with so many decimals, rounded half away
 * from zero; null where there is nothing to divide by. Exact whatever the size. Never for an amount that is owed.
 */
export function ratio(numerator: bigint, denominator: bigint, decimals: number): number | null {
  if (denominator <= 0n) return null;
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (size * 10n ** BigInt(decimals) * 2n + denominator) / (denominator * 2n);
  const value = Number(rounded) / 10 ** decimals;
  return numerator < 0n && rounded > 0n ? -value : value;
}
