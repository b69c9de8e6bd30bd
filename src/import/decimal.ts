import type { Ore } from '../law/money.js';

export type DecimalOre =
  { readonly ok: true; readonly ore: Ore } | { readonly ok: false; readonly why: string };

const LARGEST_ORE = 100_000_000_000;

/** A decimal amount with the one decimal sign its format has, as øre. Never negative; never more than two decimals. */
export function decimalOre(text: string, sign: '.' | ','): DecimalOre {
  const match = /^\+?(\d*)(?:([.,])(\d*))?$/.exec(text);
  const [, whole = '', mark, fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '' || (mark !== undefined && mark !== sign))
    return {
      ok: false,
      why: `«${text}» er ikke et beløp som her skrives med ${sign === '.' ? 'punktum' : 'komma'} foran ørene.`,
    };
  if (fraction.length > 2) return { ok: false, why: `Beløpet ${text} har flere enn to desimaler.` };
  const ore = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return ore > LARGEST_ORE ? { ok: false, why: `Beløpet ${text} er for stort.` } : { ok: true, ore };
}
