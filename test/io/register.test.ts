import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentLetters, type Case } from '../../src/case/case.js';
import { evolve } from '../../src/case/history.js';
import { claimOn } from '../../src/case/claim.js';
import { decideLetter } from '../../src/case/letter-plan.js';
import type { Judgement } from '../../src/case/judgement.js';
import { outlook, type Status } from '../../src/case/outlook.js';
import { POLICIES } from '../../src/case/policy.js';
import { OpenOnDay, refuseByRegister } from '../../src/case/standing.js';
import { projectionOf } from '../../src/io/projection.js';
import { addDays, type LocalDate } from '../../src/law/dates.js';
import { isForeldet } from '../../src/law/limitation.js';
import { RateUnknown } from '../../src/law/rates.js';
import { isOffTheBooks } from '../../src/report/case-file.js';
import { Life, lives, LIVES_RATES, type LifeInput } from '../support/lives.js';

// The register is what the daily run and the reports read instead of every history. Whatever happens to a claim, and
// whatever day it is asked on, it must say the same as the history does.

const DAYS = [0, 1, 2, 4, 10, 17, 31, 60, 91, 200, 365, 500, 1095, 1200];

interface Row {
  readonly next_action_on: LocalDate | null;
  readonly letter_until: LocalDate;
  readonly limitation_on: LocalDate;
  readonly outstanding: 0 | 1;
  readonly fixed_ore: number | null;
  readonly interest_base_ore: number;
  readonly interest_after: LocalDate;
  readonly status: Status;
  readonly letters_sent: string;
  readonly facts: string | null;
  readonly finished_on: LocalDate | null;
}

/** Each claim of a life after every event, with what the register says of it, on many days. */
function onManyDays(
  input: LifeInput,
  check: (j: Judgement, row: Row, day: LocalDate, life: Life) => void,
): void {
  const life = new Life(input);
  life.play();
  for (let count = 1; count <= life.events.length; count += 1) {
    const c: Case = evolve(1, life.events.slice(0, count));
    const j: Judgement = {
      case: c,
      policy: POLICIES[input.policy],
      terms: life.terms,
      rates: LIVES_RATES,
    };
    const row = projectionOf(j) as unknown as Row;
    for (const days of DAYS) check(j, row, addDays(c.recordedOn, days), life);
  }
}

describe('the register of cases', () => {
  it('never leaves out a case that gets a letter, and gives the reason the history gives', () => {
    let letters = 0;
    const reasons = new Set<string>();
    fc.assert(
      fc.property(lives, (input) => {
        onManyDays(input, (j, row, day) => {
          for (const catchUp of [false, true]) {
            const decision = decideLetter(j, day, { catchUp });
            const until = catchUp ? row.limitation_on : row.letter_until;
            const taken = row.next_action_on !== null && row.next_action_on <= day && until >= day;
            if (taken) letters += decision.kind === 'letter' ? 1 : 0;
            else expect(decision.kind).toBe('held');
            const refusal = refuseByRegister(
              {
                nextActionOn: row.next_action_on,
                letterUntil: row.letter_until,
                limitationOn: row.limitation_on,
              },
              day,
              catchUp,
            );
            if (refusal === null) continue;
            expect(taken).toBe(false);
            expect(decision).toEqual({ kind: 'held', refusal });
            reasons.add(refusal.rule);
          }
        });
      }),
      { numRuns: 150 },
    );
    expect(letters).toBeGreaterThan(1000);
    expect([...reasons].sort()).toEqual(['L1', 'W1']);
  });

  it('says to the øre what is open on any later day, and what is outstanding', () => {
    let compared = 0;
    fc.assert(
      fc.property(lives, (input) => {
        onManyDays(input, (j, row, day) => {
          const replayed = openOre(() => claimOn(j.case, day, j.terms, j.rates).openOre);
          if (row.outstanding === 0) expect(isOffTheBooks(j.case) || replayed === 0).toBe(true);
          if (row.fixed_ore === null) return;
          compared += 1;
          const { fixed_ore: fixed, interest_base_ore: base, interest_after: after } = row;
          const told = new OpenOnDay(day, j.terms.interestCount, j.rates);
          expect(openOre(() => told.openOre(fixed, base, after))).toBe(replayed);
        });
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(5000);
  });

  it('says on any later day whether the letters are all sent and their time out, and whether the debtor is bankrupt', () => {
    const counts = { finished: 0, foreldet: 0, bankrupt: 0 };
    fc.assert(
      fc.property(lives, (input) => {
        onManyDays(input, (j, row, day) => {
          if (row.facts === null) return;
          expect(row.facts).toBe(j.case.facts.join(' '));
          expect(row.letters_sent).toBe(
            sentLetters(j.case)
              .map(({ sentOn }) => sentOn)
              .join(' '),
          );
          const { status, why } = outlook(j, day);
          expect(row.status === 'bankrupt').toBe(status === 'bankrupt');
          const due = row.finished_on !== null && row.finished_on <= day;
          const gone = isForeldet(row.limitation_on, day);
          const finished = status === 'legal' && why.until !== null && why.until <= day;
          expect(due && !gone).toBe(finished);
          counts.bankrupt += status === 'bankrupt' ? 1 : 0;
          counts.finished += finished ? 1 : 0;
          counts.foreldet += due && gone ? 1 : 0;
        });
      }),
      { numRuns: 150 },
    );
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(0);
  });
});

/** Null where a rate is missing. */
function openOre(figure: () => number): number | null {
  try {
    return figure();
  } catch (fault) {
    if (fault instanceof RateUnknown) return null;
    throw fault;
  }
}
