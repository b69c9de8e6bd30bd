import fc from 'fast-check';
import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { claimOn } from '../../src/case/claim.js';
import type { CaseEvent, EventBody, NewEvent } from '../../src/case/events.js';
import type { Context } from '../../src/context.js';
import type { Moment } from '../../src/io/journal.js';
import { createContext } from '../../src/machine.js';
import { Store } from '../../src/io/store.js';
import { localDate, type LocalDate } from '../../src/law/dates.js';
import { RateUnknown } from '../../src/law/rates.js';
import { run } from '../../src/main.js';
import { caseOn } from '../../src/report/case-file.js';
import { periodBefore } from '../../src/report/period.js';
import {
  caseFiles,
  openAgeing,
  openReports,
  type ClaimRow,
  type OpenReports,
} from '../../src/tasks/report.js';
import { incomeReport, kpiReport } from '../../src/tasks/report-period.js';
import { Life, lives } from '../support/lives.js';
import { DEBTOR, registration, SETTINGS } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'inkasso-alder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAYS = [
  ...['2025-07-01', '2026-02-28', '2026-05-10', '2026-08-21', '2026-12-31', '2027-01-01', '2028-03-01'],
  ...['2028-08-30', '2028-12-01', '2029-06-15', '2031-01-02'],
];

const PERIODS = [
  ['2026-01-01', '2026-06-30'],
  ['2026-07-15', '2026-08-21'],
  ['2026-10-01', '2026-12-31'],
  ['2026-12-01', '2026-12-31'],
].map(([from = '', to = '']) => ({ from: localDate(from), to: localDate(to) }));

function contextOn(database: string, today: LocalDate): Context {
  return createContext({
    ...{ db: database, json: true, quiet: true, today, realToday: today, ask: null },
    ...{ env: process.env, platform: process.platform, cwd: folder, stderr: { write: () => true } },
    machine: () => ({ date: today, timeZone: 'Europe/Oslo' }),
    instant: () => '2026-08-20T10:00:00.000Z',
  });
}

function bodyOf(event: CaseEvent): EventBody {
  const { version: _version, happenedOn: _happened, recordedOn: _recorded, ...body } = event;
  return body;
}

/** Takes a life into the database as it was lived, each event on its day. */
function register(store: Store, number: number, events: readonly CaseEvent[]): void {
  const [first, ...rest] = events;
  if (first?.type !== 'claimRegistered') throw new Error('a life without a beginning');
  const at = (event: CaseEvent) => ({ today: event.recordedOn, instant: '2026-08-20T10:00:00.000Z' });
  const body = { ...first, invoice: String(number) };
  store.register(
    { ...DEBTOR, name: `Kari Fiktiv ${number % 7}` },
    (debtorId) => [{ happenedOn: first.happenedOn, body: bodyOf({ ...body, debtorId }) }],
    at(first),
  );
  for (const event of rest) {
    const c = store.case(number);
    if (c === null) throw new Error(`no case ${number}`);
    store.record(c, [{ happenedOn: event.happenedOn, body: bodyOf(event) }], at(event));
  }
}

/** What befalls claims without a krone coming in: those that are dunned to the end, and with a note those that never are. */
const GIVEN_UP: readonly (readonly NewEvent[])[] = [
  [],
  [on('2026-05-04', { type: 'putOnHold', until: localDate('2026-08-29'), reason: 'ferie' })],
  [on('2026-05-04', { type: 'putOnHold', until: localDate('2030-08-29'), reason: 'lang ferie' })],
  [on('2026-05-04', { type: 'stopped', because: 'bankruptcy' })],
  ...(['no-dividend', 'nothing-to-distrain', 'debtor-gone', 'acknowledged'] as const).map((fact) => [
    on('2026-05-04', { type: 'noted', text: 'melding', byPhone: false, fact }),
  ]),
];

function on(day: string, body: EventBody): NewEvent {
  return { happenedOn: localDate(day), body };
}

const LETTERS = (
  [
    ['purring', '2026-01-19', '2026-02-02'],
    ['inkassovarsel', '2026-02-09', '2026-02-23'],
    ['betalingsoppfordring', '2026-03-02', '2026-03-16'],
  ] as const
).map(([step, sentOn, deadline]) => ({
  ...{ step, sentOn: localDate(sentOn), deadline: localDate(deadline), feeOre: 0 },
}));

const SMALL_ORE = 20_000;

/** Registers a small claim on a day, and what befell it then. */
function enter(
  store: Store,
  number: number,
  claim: { readonly due: string; readonly registered: string; readonly history: typeof LETTERS },
  events: readonly NewEvent[],
): void {
  const [due, registered] = [localDate(claim.due), localDate(claim.registered)];
  const at = (day: LocalDate): Moment => ({ today: day, instant: '2026-08-20T10:00:00.000Z' });
  const register = (debtorId: number): NewEvent[] => {
    const { body } = registration(debtorId, String(number));
    if (body.type !== 'claimRegistered') throw new Error('no registration');
    const { history } = claim;
    const stated = { ...body, amountOre: SMALL_ORE, due, effectiveDue: due, history };
    return [{ happenedOn: registered, body: stated }];
  };
  store.register(DEBTOR, register, at(registered));
  for (const event of events) {
    const c = store.case(number);
    if (c === null) throw new Error(`no case ${number}`);
    store.record(c, [event], at(event.happenedOn));
  }
}

/** Claims that the lives seldom bring: given up, each in its way, and paid long before it falls due. */
function enterSeldom(store: Store, first: number): void {
  GIVEN_UP.forEach((events, index) => {
    const history = events[0]?.body.type === 'noted' ? [] : LETTERS;
    enter(store, first + index, { due: '2026-01-02', registered: '2026-04-01', history }, events);
  });
  const paid = { type: 'paymentReceived', amountOre: SMALL_ORE, purpose: null, reference: null } as const;
  const early = { due: '2026-07-20', registered: '2025-01-10', history: [] };
  enter(store, first + GIVEN_UP.length, early, [
    on('2025-01-15', { ...paid, order: ['costs', 'interest', 'principal'] }),
  ]);
}

/** What every case has open, as `list` tells it. */
async function listed(database: string, day: string): Promise<(number | null)[]> {
  let told = '';
  await run({
    argv: ['list', '--json', '--db', database, '--as-of', day],
    ...{ env: process.env, cwd: folder, platform: process.platform, keyboard: null },
    now: () => new Date(`${day}T10:00:00Z`),
    stdout: { write: (text: string) => (told += text) },
    stderr: { write: () => true },
  });
  const { data } = JSON.parse(told) as { data: { cases: { openOre: number | null }[] } };
  return data.cases.map((one) => one.openOre);
}

/** The same, by reading every history. */
function replayed(ctx: Context): (number | null)[] {
  return [...caseFiles(ctx)].map((file) => {
    const c = caseOn(file, ctx.today);
    if (c === null) return 0;
    const { terms, rates } = ctx.store().judgement(c);
    try {
      return claimOn(c, ctx.today, terms, rates).openOre;
    } catch (fault) {
      if (fault instanceof RateUnknown) return null;
      throw fault;
    }
  });
}

/** Everything the reports of what is outstanding say on a day, with each claim on its own. */
function openReportsOf(ctx: Context): OpenReports & { claims: ClaimRow[] } {
  const claims: ClaimRow[] = [];
  const reports = openReports(ctx, null, (row) => claims.push(row));
  const { writeoff, limitation, ageing } = openReports(ctx, null);
  // What is asked of one claim at a time is read in another way than what is asked of them all.
  expect({ writeoff, limitation, ageing }).toEqual({
    writeoff: reports.writeoff,
    limitation: reports.limitation,
    ageing: reports.ageing,
  });
  return { ...reports, claims };
}

/** A copy of the database whose register knows nothing: something is recorded of every case after any day. */
function withoutRegister(database: string): string {
  const copy = join(folder, 'historier.db');
  copyFileSync(database, copy);
  const db = new Database(copy);
  db.exec(`UPDATE claim SET recorded_on = '9999-12-31'`);
  db.close();
  return copy;
}

it(
  'the reports from the register are those that the histories give, to the øre, on any day',
  { timeout: 240_000 },
  async () => {
    const database = join(folder, 'liv.db');
    const store = Store.create(database, { ...SETTINGS, interestCount: 'dueDay' });
    await store.unit(() => {
      fc.sample(lives, 120).forEach((input, index) => {
        const life = new Life(input);
        life.play();
        register(store, index + 1, life.events);
      });
      enterSeldom(store, 121);
      return Promise.resolve({ value: null, keep: true });
    });
    store.close();
    const histories = withoutRegister(database);
    let [debtors, unknown, spared] = [0, 0, 0];
    const found = new Map<string, number>();
    const count = (what: string): void => void found.set(what, (found.get(what) ?? 0) + 1);
    // The rates of 2027 are not known here, so that the last days leave claims out.
    for (const day of DAYS) {
      const ctx = contextOn(database, localDate(day));
      const replaying = contextOn(histories, localDate(day));
      const reports = openReportsOf(ctx);
      expect(reports, day).toEqual(openReportsOf(replaying));
      for (const period of PERIODS.filter(({ to }) => to <= day)) {
        expect(kpiReport(ctx, period), day).toEqual(kpiReport(replaying, period));
        expect(incomeReport(ctx, period), day).toEqual(incomeReport(replaying, period));
        const { from } = periodBefore(period);
        spared += [...caseFiles(replaying, from)].length - [...caseFiles(ctx, from)].length;
      }
      const { ageing, warnings, incomplete } = reports;
      expect(openAgeing(ctx, null), day).toEqual({ ageing, warnings, incomplete });
      const few = openAgeing(ctx, 2).ageing;
      expect(few.debtors).toEqual(ageing.debtors.slice(0, 2));
      const named = few.debtors.reduce((sum, debtor) => sum + debtor.totalOre, 0);
      expect(named + (few.others?.totalOre ?? 0)).toBe(ageing.totalOre);
      expect(await listed(database, day), day).toEqual(replayed(ctx));
      debtors += ageing.debtors.length;
      unknown += ageing.unknown.length;
      for (const { reasons } of reports.writeoff) for (const { code } of reasons) count(code);
      for (const { state, interrupted } of reports.limitation)
        count(interrupted === null ? state : `${state} etter avbrudd`);
      await ctx.close();
      await replaying.close();
    }
    expect(debtors).toBeGreaterThan(20);
    expect(unknown).toBeGreaterThan(20);
    expect(spared).toBeGreaterThan(20);
    const often = [...found].flatMap(([what, times]) => (times >= 2 ? [what] : []));
    expect(often.sort()).toEqual(
      [
        ...[
          'BANKRUPT',
          'BELOW_COURT_FEE',
          'DEBTOR_GONE',
          'FORELDET',
          'NEARLY_FORELDET',
          'NOTHING_TO_DISTRAIN',
        ],
        ...['NO_DIVIDEND', 'VAT_RELIEF', 'foreldet', 'foreldet etter avbrudd', 'soon', 'soon etter avbrudd'],
      ].sort(),
    );
  },
);
