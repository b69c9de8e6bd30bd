import type { NewEvent } from '../../src/case/events.js';
import { settingsSchema } from '../../src/case/settings.js';
import type { Moment } from '../../src/io/journal.js';
import { localDate } from '../../src/law/dates.js';

export const SETTINGS = settingsSchema.parse({
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
});

export const AT: Moment = { today: localDate('2026-08-20'), instant: '2026-08-20T10:00:00.000Z' };

export const DEBTOR = {
  name: 'Kari Fiktiv',
  type: 'consumer',
  orgnr: null,
  address: 'Tenktveien 2',
  zip: '0150',
  city: 'Oslo',
  country: 'NO',
  email: null,
  phone: null,
  language: 'nb',
} as const;

export function registration(debtorId: number, invoice: string): NewEvent {
  const due = localDate('2026-08-03');
  return {
    happenedOn: AT.today,
    body: {
      type: 'claimRegistered',
      invoice,
      debtorId,
      debtorType: 'consumer',
      amountOre: 100_000,
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
    },
  };
}

export function payment(amountOre: number, reference: string | null = null): NewEvent {
  const order = ['costs', 'interest', 'principal'] as const;
  return {
    happenedOn: AT.today,
    body: { type: 'paymentReceived', amountOre, purpose: null, order, reference },
  };
}
