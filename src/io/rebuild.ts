import type { Case } from '../case/case.js';
import { evolve } from '../case/history.js';
import type { Judgement } from '../case/judgement.js';
import { Cases } from './cases.js';
import { readHistoriesBetween } from './event-text.js';
import { writeProjection } from './projection.js';
import type { Db } from './sqlite.js';

/** How many cases have been judged anew, of how many. Told at the end too, if it was told at all. */
export type Rebuilding = (done: number, of: number) => void;

/** No row can be written while rows are read, so so many histories are in memory at a time. */
const AT_A_TIME = 500;
/** What is done within so many milliseconds is not told of. */
const SOON = 1000;

/** Writes the register anew from the histories. To be called in a transaction. */
export function rebuildRegister(
  db: Db,
  judge: (c: Case) => Judgement,
  told: Rebuilding,
  soon: number = SOON,
): void {
  const numbers = new Cases(db).numbers();
  const from = performance.now();
  let silent = true;
  try {
    for (let done = 0; done < numbers.length; done += AT_A_TIME) {
      silent &&= performance.now() - from < soon;
      if (!silent) told(done, numbers.length);
      rebuildSome(db, numbers.slice(done, done + AT_A_TIME), judge);
    }
  } finally {
    if (!silent) told(numbers.length, numbers.length);
  }
}

function rebuildSome(db: Db, numbers: readonly number[], judge: (c: Case) => Judgement): void {
  const registered = new Set(numbers);
  const [first = 0, last = first] = [numbers[0], numbers.at(-1)];
  for (const { number, events } of [...readHistoriesBetween(db, first, last)])
    if (registered.has(number)) writeProjection(db, judge(evolve(number, events)));
}
