import { Store } from '../../src/io/store.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

export const TODAY = '2026-08-21';

/** A database with so many claims, each on a debtor of its own, all with a purring due. */
export function createDue(path: string, claims: number): void {
  const store = Store.create(path, SETTINGS);
  for (let n = 1; n <= claims; n += 1) {
    const debtor = { ...DEBTOR, name: `Kari Fiktiv ${n}`, address: `Tenktveien ${n}` };
    store.register(debtor, (id) => [registration(id, String(10_000 + n), 100_000 + n)], AT);
  }
  store.close();
}
