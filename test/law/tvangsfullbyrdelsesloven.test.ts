import { describe, expect, it } from 'vitest';
import {
  joinRefusals,
  missingForForliksklage,
  missingForKonkursvarsel,
  missingForUtlegg,
  type EnforcementFacts,
} from '../../src/law/enforcement.js';
import { day } from '../support/law.js';

const GRACE = 3;

/** Sent on Tuesday 28 April 2026 with the notice of § 4-18 in it; the deadline is Tuesday 12 May. */
const READY: EnforcementFacts = {
  debtorType: 'consumer',
  addressKnown: true,
  betalingsoppfordring: { sentOn: day('2026-04-28'), deadline: day('2026-05-12') },
  noticeSent: day('2026-04-28'),
  disputed: false,
  demandedOn: day('2026-04-08'),
};

function rules(refusals: readonly { rule: string }[]): string[] {
  return refusals.map((refusal) => refusal.rule);
}

describe('a petition for utlegg (tvangsfullbyrdelsesloven §§ 1-2, 4-18, 4-19, 5-2; inkassoloven § 11)', () => {
  it.each([
    // The deadline is 12 May; three bank days after it is Friday 15 May, for 14 May is Ascension Day: Monday 18 May.
    ['2026-05-12', ['L3', 'E1']],
    ['2026-05-13', ['L3']],
    ['2026-05-15', ['L3']],
    ['2026-05-18', []],
    ['2026-10-28', []],
    ['2026-10-29', ['E2']],
  ])('on %s lacks %j', (today, expected) =>
    expect(rules(missingForUtlegg(READY, day(today), GRACE))).toEqual(expected),
  );

  it('waits two weeks from the day the notice was sent, which is not counted', () => {
    const facts = { ...READY, noticeSent: day('2026-06-01') };
    const [refusal] = missingForUtlegg(facts, day('2026-06-15'), GRACE);
    expect(refusal).toMatchObject({ rule: 'E1', until: '2026-06-16' });
    expect(missingForUtlegg(facts, day('2026-06-16'), GRACE)).toEqual([]);
  });

  it('needs a new notice when the old one is more than a year old (§ 4-19)', () => {
    const facts = {
      ...READY,
      betalingsoppfordring: { sentOn: day('2026-08-03'), deadline: day('2026-08-17') },
      noticeSent: day('2025-09-01'),
    };
    expect(rules(missingForUtlegg(facts, day('2026-09-01'), GRACE))).toEqual([]);
    expect(rules(missingForUtlegg(facts, day('2026-09-02'), GRACE))).toEqual(['E1']);
  });

  it('names everything that is missing, in the order of the Acts', () => {
    const nothing: EnforcementFacts = {
      debtorType: 'public',
      addressKnown: false,
      betalingsoppfordring: null,
      noticeSent: null,
      disputed: true,
      demandedOn: null,
    };
    const missing = missingForUtlegg(nothing, day('2026-06-01'), GRACE);
    expect(rules(missing)).toEqual(['E4', 'S1', 'L3', 'E1', 'E3']);
    const joined = joinRefusals(missing);
    expect(joined).toMatchObject({ rule: 'E4', hjemmel: 'tvangsfullbyrdelsesloven § 1-2', until: null });
    for (const { text } of missing) expect(joined?.text).toContain(text);
  });

  it('says the day from which nothing is missing when every one has such a day', () => {
    const missing = missingForUtlegg(READY, day('2026-05-12'), GRACE);
    expect(joinRefusals(missing)?.until).toBe('2026-05-18');
    expect(joinRefusals([])).toBeNull();
  });
});

describe('a forliksklage', () => {
  it('takes a disputed claim at once, and one that is not after the betalingsoppfordring', () => {
    const early = { ...READY, betalingsoppfordring: null };
    expect(rules(missingForForliksklage({ ...early, disputed: true }, day('2026-03-20'), GRACE))).toEqual([]);
    expect(rules(missingForForliksklage(early, day('2026-03-20'), GRACE))).toEqual(['L3']);
    expect(rules(missingForForliksklage(READY, day('2026-10-29'), GRACE))).toEqual(['E2']);
    expect(rules(missingForForliksklage({ ...READY, noticeSent: null }, day('2026-05-18'), GRACE))).toEqual(
      [],
    );
  });
});

describe('a konkursvarsel (konkursloven § 63)', () => {
  const BUSINESS = { ...READY, debtorType: 'business' as const, accountingLiable: true };

  it.each([
    ['2026-05-05', ['E5']],
    ['2026-05-06', []],
  ])('waits four weeks from the demand of 8 April: on %s %j', (today, expected) =>
    expect(rules(missingForKonkursvarsel(BUSINESS, day(today)))).toEqual(expected),
  );

  it.each([
    ['a consumer', { debtorType: 'consumer' as const }, 'E5'],
    ['a public debtor', { debtorType: 'public' as const }, 'E5'],
    ['a business that may not be bound to keep accounts', { accountingLiable: false }, 'E5'],
    ['a disputed claim', { disputed: true }, 'S1'],
    ['a claim that was never demanded in writing', { demandedOn: null }, 'E5'],
    ['a debtor without an address', { addressKnown: false }, 'E3'],
  ])('is refused against %s', (_what, facts, rule) =>
    expect(rules(missingForKonkursvarsel({ ...BUSINESS, ...facts }, day('2026-06-01')))).toEqual([rule]),
  );
});
