import { claimOn } from '../case/claim.js';
import type { Case } from '../case/case.js';
import { refuseBackdating } from '../case/decide.js';
import { decideCredit } from '../case/life.js';
import type { PlannedState } from '../import/plan.js';
import type { LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { Warning } from './answer.js';
import { UserFault } from './fault.js';
import type { ImportJob } from './import-kind.js';
import { takenBack } from './letters.js';
import { knownClaim, registerNewClaim, type NewClaim } from './register.js';

/** What became of an invoice or a credit note in a file. */
export interface Taken {
  readonly state: PlannedState;
  readonly why: string | null;
  readonly case: number | null;
  readonly warnings: readonly Warning[];
}

const taken = (
  state: PlannedState,
  why: string | null,
  number: number | null,
  warnings: readonly Warning[] = [],
): Taken => ({
  state,
  why,
  case: number,
  warnings,
});

/** A credit note as a file states it. Amounts in øre. */
export interface NewCreditNote {
  readonly number: string;
  readonly amountOre: Ore;
  readonly issued: LocalDate | null;
  /** The invoice it credits. */
  readonly invoice: string;
}

/** Registers an invoice that is not known already. `grossOre`: what it was for, where less than that is left. */
export function takeInvoice(job: ImportJob, claim: NewClaim, grossOre: Ore | null): Taken {
  const known = knownClaim(job.ctx, claim);
  if (known !== null) return compare(job, known, claim, grossOre);
  try {
    const { number, warnings } = registerNewClaim(job.ctx, claim);
    return taken('add', null, number, warnings);
  } catch (fault) {
    if (!(fault instanceof UserFault)) throw fault;
    return taken('refuse', [fault.message, fault.hint].filter((part) => part !== null).join(' '), null);
  }
}

/** The same number and amount is the same invoice; anything else is for the user to settle. */
function compare({ ctx }: ImportJob, known: Case, claim: NewClaim, grossOre: Ore | null): Taken {
  const { number } = known;
  const registered = known.claim.amountOre;
  const same = registered === claim.amountOre || registered === grossOre;
  if (!same && (grossOre === null || registered > grossOre || registered < claim.amountOre)) {
    return taken(
      'ask',
      `Fakturaen er alt registrert som sak ${number} på ${formatKroner(registered)}, ikke ${formatKroner(grossOre ?? claim.amountOre)}. Sjekk fakturanummeret. Er beløpet satt ned, registrerer du det med «inkasso credit ${number} <beløp>».`,
      number,
    );
  }
  const { terms, rates } = ctx.store().judgement(known);
  const { principalOre } = claimOn(known, ctx.today, terms, rates);
  if (claim.amountOre >= principalOre)
    return taken('skip', `Fakturaen er alt registrert som sak ${number}.`, number);
  return taken(
    'ask',
    `Fakturaen er alt registrert som sak ${number}, med ${formatKroner(principalOre)} igjen av hovedstolen; filen sier ${formatKroner(claim.amountOre)}. Er det betalt noe, registrerer du det med «inkasso pay ${number} <beløp> --date <dato>».`,
    number,
  );
}

/** An invoice that a file says is settled: nothing to do, unless a case still claims it. */
export function takeSettled({ ctx }: ImportJob, invoice: string): Taken | null {
  const open = ctx
    .store()
    .cases.withInvoice(invoice)
    .map((number) => ctx.store().case(number))
    .find((c): c is Case => c !== null && isOpen(ctx, c));
  if (open === undefined) return null;
  return taken(
    'ask',
    `Filen sier at fakturaen er gjort opp, men sak ${open.number} er åpen. Er den betalt, registrerer du det med «inkasso pay ${open.number} <beløp> --date <dato>».`,
    open.number,
  );
}

function isOpen(ctx: ImportJob['ctx'], c: Case): boolean {
  const { terms, rates } = ctx.store().judgement(c);
  return (
    c.stops.every(({ kind }) => kind !== 'closed') && claimOn(c, ctx.today, terms, rates).principalOre > 0
  );
}

/** Credits the invoice a credit note names, by the decision that «credit» makes too. Null: the invoice has not come. */
export function takeCreditNote(job: ImportJob, note: NewCreditNote): Taken | null {
  const { ctx } = job;
  const cases = ctx
    .store()
    .cases.withInvoice(note.invoice)
    .flatMap((number) => ctx.store().case(number) ?? []);
  const [first, second] = cases.filter(
    ({ claim }) => note.issued === null || (claim.issued ?? claim.due) <= note.issued || cases.length === 1,
  );
  if (first === undefined) return null;
  if (second !== undefined) {
    return taken(
      'ask',
      `Faktura ${note.invoice} finnes i flere saker (${cases.map(({ number }) => number).join(', ')}). Registrer kreditnotaen med «inkasso credit <sak> <beløp> --note-no ${note.number}».`,
      null,
    );
  }
  return credit(job, first, note);
}

function credit(job: ImportJob, c: Case, note: NewCreditNote): Taken {
  const { ctx } = job;
  const { number } = c;
  const earlier = c.movements.find(
    (movement) => movement.kind === 'credit' && movement.reference === note.number,
  );
  if (earlier?.kind === 'credit') {
    if (earlier.amountOre === note.amountOre) {
      return taken('skip', `Kreditnotaen er alt registrert på sak ${number}.`, number);
    }
    return taken(
      'ask',
      `Kreditnota ${note.number} er alt registrert på sak ${number} med ${formatKroner(earlier.amountOre)}, ikke ${formatKroner(note.amountOre)}. Er den første feil, tar du den bort med «inkasso undo ${number}».`,
      number,
    );
  }
  const backdated = refuseBackdating(c, ctx.today);
  if (backdated !== null) return taken('refuse', backdated.text, number);
  const { amountOre } = note;
  const decided = decideCredit(
    ctx.store().judgement(c),
    { amountOre, noteNumber: note.number, date: note.issued ?? ctx.today },
    ctx.today,
  );
  if (!decided.ok) return taken('refuse', decided.refusal.text, number);
  ctx.store().record(c, decided.events, ctx.moment());
  for (const warning of takenBack(c, decided.events)) job.warn(warning);
  return taken('add', null, number);
}
