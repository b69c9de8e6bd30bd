import { settingsSchema } from '../../src/case/settings-schema.js';
import { Store } from '../../src/io/store.js';
import { localDate } from '../../src/law/dates.js';

export const TODAY = '2026-08-21';

const SETTINGS = settingsSchema.parse({
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
});

/** A database with so many claims, each on a debtor of its own, all with a purring due. */
export function createDue(path: string, claims: number): void {
  const store = Store.create(path, SETTINGS);
  const due = localDate('2026-08-03');
  const at = { today: localDate('2026-08-20'), instant: '2026-08-20T10:00:00.000Z' };
  for (let n = 1; n <= claims; n += 1) {
    const debtor = {
      name: `Kari Fiktiv ${n}`,
      type: 'consumer',
      orgnr: null,
      address: `Tenktveien ${n}`,
      zip: '0150',
      city: 'Oslo',
      country: 'NO',
      email: null,
      phone: null,
      language: 'nb',
    } as const;
    const claim = {
      invoice: String(10_000 + n),
      debtorType: 'consumer',
      amountOre: 100_000 + n,
      issued: null,
      due,
      effectiveDue: due,
      description: 'maling av gjerde',
      kid: null,
      policy: 'standard',
      charge: 'fees',
      interestFrom: null,
      history: [],
      source: { kind: 'entered' },
    } as const;
    store.register(
      debtor,
      (debtorId) => [{ happenedOn: at.today, body: { type: 'claimRegistered', debtorId, ...claim } }],
      at,
    );
  }
  store.close();
}
