import type { Case, Letter } from '../case/case.js';
import type { Context } from '../context.js';
import { notFound } from './fault.js';
import { readWhole } from './input.js';

export interface ChosenLetter {
  readonly case: Case;
  readonly letter: Letter;
}

/**
 * The letters a user points at: by number, or the unconfirmed ones of a batch, or every unconfirmed one.
 * @throws UserFault when there is no such batch or letter.
 */
export function chosenLetters(
  ctx: Context,
  batch: string | null,
  numbers: readonly string[],
): ChosenLetter[] {
  if (numbers.length > 0) return numbers.map((number) => letterByNumber(ctx, readWhole(number, '--letter')));
  if (batch === null) {
    const ids = ctx
      .store()
      .unconfirmedCases()
      .map((row) => row.unconfirmedLetter);
    return ids.filter((id) => id !== null).map((id) => letterByNumber(ctx, id));
  }
  const ids = ctx.store().lettersOfBatch(readWhole(batch, '<bunke>'));
  if (ids.length === 0) throw notFound(`Fant ingen bunke ${batch}.`, 'Ett brev pekes ut med --letter.');
  return ids.map((id) => letterByNumber(ctx, id)).filter(({ letter }) => letter.state === 'generated');
}

/** A number that is a batch, or else a letter. @throws UserFault */
export function batchOrLetter(ctx: Context, number: string): ChosenLetter[] {
  const isBatch = ctx.store().lettersOfBatch(readWhole(number, '<bunke>')).length > 0;
  return isBatch ? chosenLetters(ctx, number, []) : chosenLetters(ctx, null, [number]);
}

export function letterByNumber(ctx: Context, id: number): ChosenLetter {
  const number = ctx.store().caseOfLetter(id);
  const c = number === null ? null : ctx.store().case(number);
  const letter = c?.letters.find((candidate) => candidate.id === id);
  if (c === null || letter === undefined)
    throw notFound(`Fant ingen brev med nummer ${id}.`, 'Se brevene i en sak med «inkasso show».');
  return { case: c, letter };
}
