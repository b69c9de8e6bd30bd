import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/law/dates.js';
import { rateOn } from '../../src/law/rates.js';
import { writeOffCandidates, type WriteOffFacts, type WriteOffReason } from '../../src/report/writeoff.js';
import { day, kr, RATES } from '../support/law.js';

const ON = day('2026-11-20');
const RETTSGEBYR = Number(rateOn(RATES, 'rettsgebyr', ON).value) * 100;

/** A claim with nothing that speaks for writing it off: young, large, solvent. */
const SOUND: WriteOffFacts = {
  case: 7,
  invoice: '1007',
  debtor: 'Kari Nordmann',
  openOre: kr(10_000),
  effectiveDue: day('2026-08-03'),
  limitation: day('2029-08-03'),
  lettersSent: [day('2026-08-17'), day('2026-09-03'), day('2026-09-22')],
  bankrupt: false,
  noted: [],
  ladderFinished: true,
};

function reasons(changes: Partial<WriteOffFacts>, on = ON): readonly WriteOffReason[] {
  return writeOffCandidates([{ ...SOUND, ...changes }], on, RETTSGEBYR)[0]?.reasons ?? [];
}

function codes(changes: Partial<WriteOffFacts>, on = ON): string[] {
  return reasons(changes, on).map((reason) => reason.code);
}

it('a sound claim is no candidate', () => {
  expect(writeOffCandidates([SOUND], ON, RETTSGEBYR)).toEqual([]);
});

describe('W1: foreldet, or nearly', () => {
  const limitation = day('2027-03-01');

  it.each([
    ['2026-08-31', []],
    ['2026-09-01', ['NEARLY_FORELDET']], // six months before
    ['2027-03-01', ['NEARLY_FORELDET']], // the last day
    ['2027-03-02', ['FORELDET']],
  ])('with the end 1 March 2027, on %s: %s', (on, expected) => {
    expect(codes({ limitation, lettersSent: [] }, day(on))).toEqual(expected);
  });

  it('says when', () => {
    expect(reasons({ limitation: day('2026-11-20') })[0]).toMatchObject({
      rule: 'W1',
      text: 'Kravet foreldes 20.11.2026.',
    });
    expect(reasons({ limitation: day('2026-11-19') })[0]).toMatchObject({
      rule: 'W1',
      text: 'Kravet ble foreldet 19.11.2026.',
    });
  });
});

describe('W2: below one rettsgebyr when the letters are sent', () => {
  it('one rettsgebyr is 1 345 kr in 2026', () => {
    expect(RETTSGEBYR).toBe(kr(1_345));
  });

  it.each([
    [kr(1_344, 99), true, ['BELOW_COURT_FEE']],
    [kr(1_345), true, []],
    [kr(1_345, 1), true, []],
    [1, true, ['BELOW_COURT_FEE']],
    [kr(1_344, 99), false, []],
  ])('%s øre open, the ladder finished %s: %s', (openOre, ladderFinished, expected) => {
    expect(codes({ openOre, ladderFinished })).toEqual(expected);
  });

  it('names both amounts', () => {
    expect(reasons({ openOre: kr(1_344, 99) })[0]).toMatchObject({
      rule: 'W2',
      text: 'Restkravet 1 344,99 kr er mindre enn ett rettsgebyr (1 345,00 kr); tvangsinndriving koster mer enn den gir.',
    });
  });
});

describe('W2: the value added tax can be adjusted (merverdiavgiftsforskriften § 4-7-1)', () => {
  const letters = (count: number): WriteOffFacts['lettersSent'] =>
    Array.from({ length: count }, (_, index) => addDays(day('2026-06-03'), 20 * index));

  it.each([
    ['2026-05-21', 3, []],
    ['2026-05-20', 3, ['VAT_RELIEF']], // six months to the day
    ['2026-05-19', 3, ['VAT_RELIEF']],
    ['2026-05-20', 2, []],
    ['2026-05-20', 4, ['VAT_RELIEF']],
    ['2026-05-20', 0, []],
  ])('on 20 November, due %s with %s letters: %s', (due, count, expected) => {
    expect(codes({ effectiveDue: day(due), lettersSent: letters(count) })).toEqual(expected);
  });

  it.each([
    ['2026-02-27', []],
    ['2026-02-28', ['VAT_RELIEF']],
  ])('six months from 31 August end with February: on %s: %s', (on, expected) => {
    expect(codes({ effectiveDue: day('2025-08-31') }, day(on))).toEqual(expected);
  });

  it('says how many letters were sent', () => {
    expect(reasons({ effectiveDue: day('2026-05-20'), lettersSent: letters(4) })[0]).toMatchObject({
      rule: 'W2',
      text: 'Kravet er minst seks måneder gammelt og purret 4 ganger: grunnlag for å tilbakeføre merverdiavgiften.',
    });
  });
});

describe('W2: the debtor has nothing to take from', () => {
  it.each([
    [true, [], ['BANKRUPT']],
    [true, ['no-dividend'], ['NO_DIVIDEND']],
    [false, ['no-dividend'], ['NO_DIVIDEND']],
    [false, ['nothing-to-distrain'], ['NOTHING_TO_DISTRAIN']],
    [false, ['debtor-gone'], ['DEBTOR_GONE']],
    [false, ['acknowledged'], []],
    [false, [], []],
  ] as const)('bankrupt %s, noted %s: %s', (bankrupt, noted, expected) => {
    expect(codes({ bankrupt, noted })).toEqual(expected);
  });
});

it('gives every reason, and the claim it is about', () => {
  const all: WriteOffFacts = {
    ...SOUND,
    openOre: kr(500),
    effectiveDue: day('2022-01-10'),
    limitation: day('2025-01-10'),
    bankrupt: true,
    noted: ['nothing-to-distrain', 'debtor-gone'],
  };
  const found = writeOffCandidates(
    [SOUND, all, { ...SOUND, case: 8, noted: ['debtor-gone'] }],
    ON,
    RETTSGEBYR,
  );
  expect(found.map((candidate) => candidate.case)).toEqual([7, 8]);
  expect(found[0]).toMatchObject({ invoice: '1007', debtor: 'Kari Nordmann', openOre: kr(500) });
  expect(found[0]?.reasons.map((reason) => reason.code)).toEqual([
    'FORELDET',
    'BANKRUPT',
    'NOTHING_TO_DISTRAIN',
    'DEBTOR_GONE',
    'BELOW_COURT_FEE',
    'VAT_RELIEF',
  ]);
});
