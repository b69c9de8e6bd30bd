import { describe, expect, it } from 'vitest';
import { addDays, dateOfDay, dayNumber } from '../../src/law/dates.js';
import {
  interestAmount,
  interestLines,
  type InterestCount,
  type InterestLine,
} from '../../src/law/interest.js';
import { piecesOf } from '../../src/law/interest-calendar.js';
import { sum } from '../../src/law/money.js';
import {
  checkTable,
  findRow,
  isRateValue,
  loadRates,
  rateOn,
  RateTableError,
  RateUnknown,
  TABLE_NAMES,
} from '../../src/law/rates.js';
import forsinkelsesrente from '../../src/law/rates/forsinkelsesrente.json' with { type: 'json' };
import { added, day, kr, RATES } from '../support/law.js';

/** [year, from 1 January, from 1 July], percent per year. The last row is pinned on purpose: a new one is a change here. */
const PUBLISHED: readonly (readonly [number, string, string])[] = [
  [1994, '12.00', '12.00'],
  [1995, '12.00', '12.00'],
  [1996, '12.00', '12.00'],
  [1997, '12.00', '12.00'],
  [1998, '12.00', '12.00'],
  [1999, '12.00', '12.00'],
  [2000, '12.00', '12.00'],
  [2001, '12.00', '12.00'],
  [2002, '12.00', '12.00'],
  [2003, '12.00', '12.00'],
  [2004, '9.25', '8.75'],
  [2005, '8.75', '9.00'],
  [2006, '9.25', '9.75'],
  [2007, '10.50', '11.50'],
  [2008, '12.25', '12.75'],
  [2009, '10.00', '8.25'],
  [2010, '8.75', '9.00'],
  [2011, '9.00', '9.25'],
  [2012, '8.75', '8.50'],
  [2013, '8.50', '9.50'],
  [2014, '9.50', '9.50'],
  [2015, '9.25', '9.00'],
  [2016, '8.75', '8.50'],
  [2017, '8.50', '8.50'],
  [2018, '8.50', '8.50'],
  [2019, '8.75', '9.25'],
  [2020, '9.50', '8.00'],
  [2021, '8.00', '8.00'],
  [2022, '8.50', '9.25'],
  [2023, '10.75', '11.75'],
  [2024, '12.50', '12.50'],
  [2025, '12.50', '12.25'],
  [2026, '12.00', '12.25'],
];

function lines(
  baseOre: number,
  due: string,
  until: string,
  count: InterestCount = 'dayAfterDue',
): InterestLine[] {
  return interestLines([{ after: day(due), baseOre }], day(until), count, RATES);
}

type Short = readonly [from: string, to: string, days: number, yearDays: number, rate: string, ore: number];

const short = (line: InterestLine): Short => [
  line.from,
  line.to,
  line.days,
  line.yearDays,
  line.rate,
  line.amountOre,
];

describe('I1: one rate for each half-year (§ 3 first paragraph)', () => {
  it.each(PUBLISHED)('%d: %s, then %s', (year, first, second) => {
    for (const date of [`${year}-01-01`, `${year}-03-15`, `${year}-06-30`]) {
      expect(rateOn(RATES, 'forsinkelsesrente', day(date)).value, date).toBe(first);
    }
    for (const date of [`${year}-07-01`, `${year}-10-15`, `${year}-12-31`]) {
      expect(rateOn(RATES, 'forsinkelsesrente', day(date)).value, date).toBe(second);
    }
  });

  it('has no rate beyond those', () => {
    const { values } = forsinkelsesrente;
    expect(values.filter((row) => row.value !== null).map((row) => row.from)).toEqual([
      '1994-01-01',
      ...PUBLISHED.slice(10).flatMap(([year]) => [`${year}-01-01`, `${year}-07-01`]),
    ]);
    expect(values.at(-1)).toMatchObject({ from: '2027-01-01', value: null });
    expect(RATES.forsinkelsesrente.reviewedThrough).toBe('2026-12-31');
  });

  it('is the policy rate with 7 points until 2013-06-30 and 8 from 2013-07-01', () => {
    for (const row of forsinkelsesrente.values) {
      if (row.value === null || row.from < '2004') continue;
      const { policyRate } = row as { policyRate?: string | number | null };
      const points = row.from < '2013-07-01' ? 7 : 8;
      expect(Number(policyRate) + points, row.from).toBe(Number(row.value));
    }
  });

  it('has a source behind every figure', () => {
    for (const row of forsinkelsesrente.values) {
      expect(row.sources.length > 0, row.from).toBe(row.value !== null);
    }
  });

  it('lets a new rate apply to older claims from its date', () => {
    const found = lines(kr(10_000), '2019-05-02', '2020-07-31').map(({ from, rate }) => [from, rate]);
    expect(found).toEqual([
      ['2019-05-03', '8.75'],
      ['2019-07-01', '9.25'],
      ['2020-01-01', '9.50'],
      ['2020-07-01', '8.00'],
    ]);
  });
});

describe('I4: 1/365 of the yearly rate a day, 1/366 in a leap year', () => {
  it('10 000 kr due 2024-06-15, paid 2024-06-27 at 12,50 % is 40,98', () => {
    expect(lines(kr(10_000), '2024-06-15', '2024-06-27').map(short)).toEqual([
      ['2024-06-16', '2024-06-27', 12, 366, '12.50', kr(40, 98)],
    ]);
    expect(lines(kr(10_000), '2024-06-15', '2024-06-27', 'dueDay').map(short)).toEqual([
      ['2024-06-15', '2024-06-26', 12, 366, '12.50', kr(40, 98)],
    ]);
  });

  it.each<{ name: string; base: number; due: string; until: string; expected: Short[] }>([
    {
      name: 'into a leap year',
      base: kr(1000),
      due: '2023-12-15',
      until: '2024-03-15',
      expected: [
        ['2023-12-16', '2023-12-31', 16, 365, '11.75', kr(5, 15)],
        ['2024-01-01', '2024-03-15', 75, 366, '12.50', kr(25, 61)],
      ],
    },
    {
      name: 'out of a leap year',
      base: kr(1000),
      due: '2024-12-15',
      until: '2025-03-15',
      expected: [
        ['2024-12-16', '2024-12-31', 16, 366, '12.50', kr(5, 46)],
        ['2025-01-01', '2025-03-15', 74, 365, '12.50', kr(25, 34)],
      ],
    },
    {
      name: 'over 29 February',
      base: kr(10_000),
      due: '2024-02-28',
      until: '2024-03-01',
      expected: [['2024-02-29', '2024-03-01', 2, 366, '12.50', kr(6, 83)]],
    },
    {
      name: 'in 2000, a leap year among centuries',
      base: kr(1000),
      due: '1999-12-01',
      until: '2000-03-01',
      expected: [
        ['1999-12-02', '1999-12-31', 30, 365, '12.00', kr(9, 86)],
        ['2000-01-01', '2000-03-01', 61, 366, '12.00', kr(20)],
      ],
    },
    {
      name: 'a whole leap year and a whole ordinary one are both a whole year',
      base: kr(10_000),
      due: '1999-12-31',
      until: '2001-12-31',
      expected: [
        ['2000-01-01', '2000-12-31', 366, 366, '12.00', kr(1200)],
        ['2001-01-01', '2001-12-31', 365, 365, '12.00', kr(1200)],
      ],
    },
  ])('$name', ({ base, due, until, expected }) => {
    expect(lines(base, due, until).map(short)).toEqual(expected);
  });

  it.each([
    [kr(10_000), '12.25', 30, 365, kr(100, 68)], // 100,684…
    [kr(10_000), '12.25', 30, 366, kr(100, 41)], // 100,409…
    [3650, '10.00', 5, 365, 5], // exactly 5 øre
    [3650, '1.00', 5, 365, 1], // exactly half an øre: up
    [3649, '1.00', 5, 365, 0], // just below half an øre
    [3660, '1.00', 5, 366, 1],
    [100_000_000_000, '12.25', 365, 365, 12_250_000_000], // beyond what fits in whole-number arithmetic
    [99_999_999_999, '12.75', 183, 366, 6_375_000_000], // 6 374 999 999,94 øre
  ])('%d øre at %s %% for %d days of %d: %d øre', (baseOre, rate, days, yearDays, ore) => {
    expect(interestAmount(baseOre, rate, days, yearDays)).toBe(ore);
  });
});

describe('I5: a line for every rate, every year and every base; the total is the sum of the lines', () => {
  it.each<{ name: string; due: string; until: string; expected: Short[] }>([
    {
      name: 'a change of rate on 1 July',
      due: '2025-06-20',
      until: '2025-07-10',
      expected: [
        ['2025-06-21', '2025-06-30', 10, 365, '12.50', kr(34, 25)],
        ['2025-07-01', '2025-07-10', 10, 365, '12.25', kr(33, 56)],
      ],
    },
    {
      name: 'a half-year with the rate of the one before is no change',
      due: '2024-06-15',
      until: '2024-07-15',
      expected: [['2024-06-16', '2024-07-15', 30, 366, '12.50', kr(102, 46)]],
    },
    {
      name: '1 January splits also where the rate stays and neither year is a leap year',
      due: '2010-12-01',
      until: '2011-01-31',
      expected: [
        ['2010-12-02', '2010-12-31', 30, 365, '9.00', kr(73, 97)],
        ['2011-01-01', '2011-01-31', 31, 365, '9.00', kr(76, 44)],
      ],
    },
    {
      name: 'ends on the last day of a half-year',
      due: '2025-06-20',
      until: '2025-06-30',
      expected: [['2025-06-21', '2025-06-30', 10, 365, '12.50', kr(34, 25)]],
    },
    {
      name: 'begins on the first day of a half-year',
      due: '2025-06-30',
      until: '2025-07-10',
      expected: [['2025-07-01', '2025-07-10', 10, 365, '12.25', kr(33, 56)]],
    },
  ])('$name', ({ due, until, expected }) => {
    expect(lines(kr(10_000), due, until).map(short)).toEqual(expected);
  });

  it('splits at every change of principal, from the payment day', () => {
    const balances = [
      { after: day('2026-01-15'), baseOre: kr(10_000) },
      { after: day('2026-03-02'), baseOre: kr(7500) },
      { after: day('2026-07-01'), baseOre: kr(2500) },
    ];
    const found = interestLines(balances, day('2026-09-01'), 'dayAfterDue', RATES);
    expect(found.map((line) => [...short(line), line.baseOre])).toEqual([
      ['2026-01-16', '2026-03-02', 46, 365, '12.00', kr(151, 23), kr(10_000)],
      ['2026-03-03', '2026-06-30', 120, 365, '12.00', kr(295, 89), kr(7500)],
      ['2026-07-01', '2026-07-01', 1, 365, '12.25', kr(2, 52), kr(7500)],
      ['2026-07-02', '2026-09-01', 62, 365, '12.25', kr(52, 2), kr(2500)],
    ]);
    expect(sum(found.map((line) => line.amountOre))).toBe(kr(501, 66));
  });

  it('gives nothing for a base that is gone', () => {
    const balances = [
      { after: day('2026-01-15'), baseOre: kr(10_000) },
      { after: day('2026-03-02'), baseOre: 0 },
    ];
    expect(interestLines(balances, day('2026-12-31'), 'dayAfterDue', RATES)).toHaveLength(1);
  });

  it('rounds each line, so that thirty years of lines add up', () => {
    const found = lines(kr(10_000), '1996-01-15', '2004-07-15');
    expect(found).toHaveLength(10);
    expect(sum(found.map((line) => line.amountOre))).toBe(kr(10_046, 65));
  });
});

describe('I9: two counts that differ only in which day carries the rate', () => {
  it.each<{ due: string; until: string; after: Short[]; from: Short[] }>([
    {
      due: '2025-06-20',
      until: '2025-07-10',
      after: [
        ['2025-06-21', '2025-06-30', 10, 365, '12.50', kr(34, 25)],
        ['2025-07-01', '2025-07-10', 10, 365, '12.25', kr(33, 56)],
      ],
      from: [
        ['2025-06-20', '2025-06-30', 11, 365, '12.50', kr(37, 67)],
        ['2025-07-01', '2025-07-09', 9, 365, '12.25', kr(30, 21)],
      ],
    },
    {
      due: '2023-12-15',
      until: '2024-03-15',
      after: [
        ['2023-12-16', '2023-12-31', 16, 365, '11.75', kr(51, 51)],
        ['2024-01-01', '2024-03-15', 75, 366, '12.50', kr(256, 15)],
      ],
      from: [
        ['2023-12-15', '2023-12-31', 17, 365, '11.75', kr(54, 73)],
        ['2024-01-01', '2024-03-14', 74, 366, '12.50', kr(252, 73)],
      ],
    },
  ])('$due to $until', ({ due, until, after, from }) => {
    expect(lines(kr(10_000), due, until, 'dayAfterDue').map(short)).toEqual(after);
    expect(lines(kr(10_000), due, until, 'dueDay').map(short)).toEqual(from);
  });

  it('lets the payment day carry the old base in one count and the new base in the other', () => {
    const balances = [
      { after: day('2026-01-15'), baseOre: kr(10_000) },
      { after: day('2026-03-02'), baseOre: kr(7500) },
      { after: day('2026-07-01'), baseOre: kr(2500) },
    ];
    const found = interestLines(balances, day('2026-09-01'), 'dueDay', RATES);
    expect(found.map((line) => [...short(line), line.baseOre])).toEqual([
      ['2026-01-15', '2026-03-01', 46, 365, '12.00', kr(151, 23), kr(10_000)],
      ['2026-03-02', '2026-06-30', 121, 365, '12.00', kr(298, 36), kr(7500)],
      ['2026-07-01', '2026-08-31', 62, 365, '12.25', kr(52, 2), kr(2500)],
    ]);
  });

  it('has the same number of days either way', () => {
    for (const until of ['2024-01-01', '2024-02-29', '2024-07-01', '2025-01-01', '2026-12-31']) {
      const days = (['dayAfterDue', 'dueDay'] as const).map((count) =>
        sum(lines(kr(1), '2023-11-30', until, count).map((line) => line.days)),
      );
      expect(days[0]).toBe(days[1]);
    }
  });
});

describe('I7: a day without a published rate is an error, never the last rate carried on', () => {
  it('stops at the first day of 2027', () => {
    expect(lines(kr(10_000), '2026-08-03', '2026-12-31')).toHaveLength(1);
    expect(() => lines(kr(10_000), '2026-08-03', '2027-01-01')).toThrow(RateUnknown);
  });

  it('counted from the due day, asks for the rate a day later', () => {
    expect(lines(kr(10_000), '2026-08-03', '2027-01-01', 'dueDay')).toHaveLength(1);
    expect(() => lines(kr(10_000), '2026-08-03', '2027-01-02', 'dueDay')).toThrow(RateUnknown);
  });

  it('stops before 1994 too', () => {
    expect(() => lines(kr(10_000), '1993-12-30', '1994-02-01')).toThrow(/2\. halvår 1993/);
    expect(lines(kr(10_000), '1993-12-31', '1994-02-01')).toHaveLength(1);
  });

  it.each([
    ['2027-01-01', '1. halvår 2027', '2027-01-01'],
    ['2027-06-30', '1. halvår 2027', '2027-01-01'],
    ['2027-07-01', '2. halvår 2027', '2027-07-01'],
    ['2028-12-31', '2. halvår 2028', '2028-07-01'],
  ])('names the half-year that %s needs and how to add it', (date, halfYear, from) => {
    const fault = faultOf(() => rateOn(RATES, 'forsinkelsesrente', day(date)));
    expect(fault).toMatchObject({ table: 'forsinkelsesrente', date, rule: 'I7' });
    expect(fault.message).toContain('forsinkelsesrenten');
    expect(fault.message).toContain(halfYear);
    expect(fault.hint).toContain(`inkasso rates add forsinkelsesrente ${from}`);
    expect(fault.hint).toContain('--source');
  });

  it('names the first day that lacks a rate, not the last', () => {
    const fault = faultOf(() => lines(kr(10_000), '2026-08-03', '2028-03-01'));
    expect(fault.date).toBe('2027-01-01');
  });

  it('asks for no rate where there is nothing to count', () => {
    expect(lines(0, '2026-08-03', '2030-01-01')).toEqual([]);
    expect(lines(kr(10_000), '2027-08-02', '2027-08-02')).toEqual([]);
  });
});

describe('rates a user adds', () => {
  const FIRST = added('forsinkelsesrente', '2027-01-01', '12.50');
  const SECOND = added('forsinkelsesrente', '2027-07-01', '12.00');

  const value = (rates: ReturnType<typeof loadRates>, date: string): string | null =>
    findRow(rates, 'forsinkelsesrente', day(date))?.value ?? null;

  it('hold for their own half-year and are not carried forward', () => {
    const rates = loadRates([FIRST]);
    expect(value(rates, '2026-12-31')).toBe('12.25');
    expect(value(rates, '2027-01-01')).toBe('12.50');
    expect(value(rates, '2027-06-30')).toBe('12.50');
    expect(value(rates, '2027-07-01')).toBeNull();
  });

  it('leave a gap a gap', () => {
    const rates = loadRates([SECOND]);
    expect(value(rates, '2027-01-01')).toBeNull();
    expect(value(rates, '2027-06-30')).toBeNull();
    expect(value(rates, '2027-07-01')).toBe('12.00');
    expect(value(rates, '2028-01-01')).toBeNull();
  });

  it('do not depend on the order in which they were added', () => {
    for (const rates of [loadRates([FIRST, SECOND]), loadRates([SECOND, FIRST])]) {
      expect(['2027-06-30', '2027-07-01', '2027-12-31'].map((date) => value(rates, date))).toEqual([
        '12.50',
        '12.00',
        '12.00',
      ]);
    }
  });

  it.each(['2026-07-01', '2026-10-01', '2004-01-01', '1994-01-01', '2000-07-01'])(
    'lose to what the program knows on %s',
    (date) => {
      const rates = loadRates([added('forsinkelsesrente', date, '99.00')]);
      for (const at of [date, addDays(day(date), 30)]) expect(value(rates, at)).toBe(value(RATES, at));
      expect(rates.forsinkelsesrente.rows.every((row) => row.origin === 'shipped')).toBe(true);
    },
  );

  it('are marked as added, with their source', () => {
    const row = findRow(loadRates([FIRST]), 'forsinkelsesrente', day('2027-02-01'));
    expect(row).toMatchObject({ origin: 'added', sources: ['test'], value: '12.50', through: '2027-06-30' });
  });

  it('can be put right: the figure added last is the one that holds', () => {
    const later = loadRates([FIRST, added('forsinkelsesrente', '2027-01-01', '12.75')]);
    expect(value(later, '2027-01-01')).toBe('12.75');
  });

  it('can be put right in a hole inside a table as well', () => {
    const gap = loadRates([
      added('standardkompensasjon', '2014-07-01', '315'),
      added('standardkompensasjon', '2014-07-01', '325'),
    ]);
    expect(findRow(gap, 'standardkompensasjon', day('2014-07-01'))?.value).toBe('325');
  });

  it('fill a hole inside a table, and only that hole', () => {
    const rates = loadRates([added('standardkompensasjon', '2014-07-01', '325')]);
    const at = (date: string): string | null =>
      findRow(rates, 'standardkompensasjon', day(date))?.value ?? null;
    expect(at('2014-06-30')).toBe('320');
    expect(at('2014-07-01')).toBe('325');
    expect(at('2014-12-31')).toBe('325');
    expect(at('2015-01-01')).toBeNull();
    expect(at('2015-07-01')).toBe('330');
  });

  it('come into the interest', () => {
    const found = interestLines(
      [{ after: day('2026-12-01'), baseOre: kr(10_000) }],
      day('2027-07-10'),
      'dayAfterDue',
      loadRates([FIRST, SECOND]),
    );
    expect(found.map(short)).toEqual([
      ['2026-12-02', '2026-12-31', 30, 365, '12.25', kr(100, 68)],
      ['2027-01-01', '2027-06-30', 181, 365, '12.50', kr(619, 86)],
      ['2027-07-01', '2027-07-10', 10, 365, '12.00', kr(32, 88)],
    ]);
  });
});

describe('the rate tables check themselves', () => {
  type Table = Parameters<typeof checkTable>[1];
  type Row = Table['values'][number];
  const TABLE = {
    name: 'forsinkelsesrente',
    law: 'forsinkelsesrenteloven § 3',
    unit: 'percent per year',
    reviewedThrough: '2026-12-31',
  };
  const row = (from: string, value: string | null, sources: readonly string[] = ['somewhere']): Row => ({
    from,
    value,
    sources,
  });

  it.each([
    ['out of order', [row('2026-07-01', '12.25'), row('2026-01-01', '12.00')]],
    ['twice the same date', [row('2026-01-01', '12.25'), row('2026-01-01', '12.00')]],
    ['a figure without a source', [row('2026-01-01', '12.00', [])]],
    ['a figure that is no number', [row('2026-01-01', '12,00')]],
    ['a figure of nothing', [row('2026-01-01', '0.00')]],
  ])('%s', (_, values) => {
    expect(() => checkTable('forsinkelsesrente', { ...TABLE, values })).toThrow(RateTableError);
  });

  it('takes a row without a figure, and needs no source for it', () => {
    const values = [row('2026-07-01', '12.25'), row('2027-01-01', null, [])];
    expect(() => checkTable('forsinkelsesrente', { ...TABLE, values })).not.toThrow();
  });

  it('refuses a table under another name', () => {
    expect(() => checkTable('rettsgebyr', { ...TABLE, values: [] })).toThrow(RateTableError);
  });

  it.each([
    ['12.25', true],
    ['12', true],
    ['12.5', true],
    ['0', false],
    ['12,25', false],
    ['12.255', false],
    ['-1', false],
    ['', false],
    ['1e2', false],
  ])('takes %j as a rate: %s', (text, expected) => {
    expect(isRateValue('forsinkelsesrente', text)).toBe(expected);
  });

  it('covers a period without gaps or overlaps', () => {
    const pieces = piecesOf(RATES.forsinkelsesrente);
    pieces.slice(1).forEach(({ first }, index) => expect(first).toBe((pieces[index]?.last ?? 0) + 1));
    expect(pieces[0]?.first).toBeLessThanOrEqual(dayNumber(day('1994-01-01')));
    expect(dateOfDay(pieces.at(-1)?.last ?? 0)).toBe('2026-12-31');
  });

  it('has been reviewed through the end of 2026, every one', () => {
    for (const name of TABLE_NAMES) expect(RATES[name].reviewedThrough, name).toBe('2026-12-31');
  });
});

function faultOf(action: () => unknown): RateUnknown {
  try {
    action();
  } catch (fault) {
    if (fault instanceof RateUnknown) return fault;
    throw fault;
  }
  throw new Error('nothing was thrown');
}
