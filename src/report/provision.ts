import { hundredths, proportion, sum, type Ore } from '../law/money.js';
import type { Bucket, BucketKey } from './ageing.js';

/** The creditor's own percentages, as decimal texts such as `2.5`. */
export type ProvisionPercents = Readonly<Record<BucketKey, string>>;

export interface ProvisionBucket {
  readonly key: BucketKey;
  readonly percent: string;
  readonly amountOre: Ore;
}

/** What the creditor sets aside for claims that will not be paid. Amounts in øre. */
export interface Provision {
  readonly buckets: readonly ProvisionBucket[];
  readonly totalOre: Ore;
}

/** Each bucket times the creditor's percentage, rounded half up to øre; the total is the sum of what is shown. */
export function provisionFor(buckets: readonly Bucket[], percents: ProvisionPercents): Provision {
  const set = buckets.map(({ key, openOre }) => {
    const percent = percents[key];
    return { key, percent, amountOre: proportion(openOre, [hundredths(percent)], 10_000) };
  });
  return { buckets: set, totalOre: sum(set.map((bucket) => bucket.amountOre)) };
}
