import type { Case, Letter } from '../case/case.js';
import type { NewEvent } from '../case/events.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Warning } from './answer.js';
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
      .cases.unconfirmed()
      .map((row) => row.unconfirmedLetter);
    return ids.filter((id) => id !== null).map((id) => letterByNumber(ctx, id));
  }
  const ids = ctx.store().letters.ofBatch(readWhole(batch, '<bunke>'));
  if (ids.length === 0) throw notFound(`Fant ingen bunke ${batch}.`, 'Ett brev pekes ut med --letter.');
  return ids.map((id) => letterByNumber(ctx, id)).filter(({ letter }) => letter.state === 'generated');
}

/** The letters of a batch that were taken back: whoever has the batch on paper must not post them. */
export function withdrawnOf(ctx: Context, batch: string): Warning[] {
  const letters = ctx
    .store()
    .letters.ofBatch(readWhole(batch, '<bunke>'))
    .map((id) => letterByNumber(ctx, id))
    .filter(({ letter }) => letter.state === 'withdrawn');
  if (letters.length === 0) return [];
  const names = letters.map(({ case: c, letter }) => `${letter.id} (sak ${c.number})`).join(', ');
  const message = `Trukket tilbake og derfor ikke bekreftet: brev ${names}.`;
  return [{ code: 'LETTER_WITHDRAWN', message }];
}

/** A number that is a batch, or else a letter. @throws UserFault */
export function batchOrLetter(ctx: Context, number: string): ChosenLetter[] {
  const isBatch = ctx.store().letters.ofBatch(readWhole(number, '<bunke>')).length > 0;
  return isBatch ? chosenLetters(ctx, number, []) : chosenLetters(ctx, null, [number]);
}

export function letterByNumber(ctx: Context, id: number): ChosenLetter {
  const number = ctx.store().letters.caseOf(id);
  const c = number === null ? null : ctx.store().case(number);
  const letter = c?.letters.find((candidate) => candidate.id === id);
  if (c === null || letter === undefined)
    throw notFound(`Fant ingen brev med nummer ${id}.`, 'Se brevene i en sak med «inkasso show».');
  return { case: c, letter };
}

/**
 * L7: letters made and not confirmed carry what has just been changed as it was. They may have been posted already, so
 * they are named, not taken back. `concerns` picks the cases the change is about.
 */
export function outdatedLetters(ctx: Context, concerns: (c: Case) => boolean = () => true): Warning[] {
  const letters = chosenLetters(ctx, null, []).filter((one) => concerns(one.case));
  if (letters.length === 0) return [];
  const one = letters.length === 1;
  const ids = letters.map(({ letter }) => letter.id);
  const [made, them, fresh] = one
    ? [`Brev ${ids.join()} er`, 'det', 'et nytt']
    : [`${letters.length} brev er`, 'dem', 'nye'];
  const message = `${made} laget før endringen og ikke bekreftet sendt. Er ${one ? 'det' : 'de'} ikke sendt, trekker du ${them} tilbake med «inkasso withdraw --letter ${ids.join(' ')} --reason …» og lager ${fresh} med «inkasso run».`;
  return [{ code: 'LETTERS_OUTDATED', message }];
}

/** A letter that was not confirmed as sent and is taken back by what happened: it may lie ready for the post (S8). */
export function takenBack({ number, letters }: Case, events: readonly NewEvent[]): Warning[] {
  return events.flatMap(({ body }) => {
    const letter = letters.find(({ id }) => body.type === 'letterWithdrawn' && id === body.letter);
    if (letter === undefined) return [];
    const name = `${STEP_TITLES[letter.made.step]} fra ${formatDate(letter.date)} (brev ${letter.id})`;
    const message = `Sak ${number}: ${name} var ikke bekreftet sendt og er trukket tilbake. Send det ikke; «inkasso run» lager et nytt når det trengs.`;
    return [{ code: 'LETTER_WITHDRAWN', message }];
  });
}
