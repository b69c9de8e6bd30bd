import { formatOrgnr } from '../case/party.js';
import { stopOf, type Case } from '../case/case.js';
import { checkPolicyFile } from '../case/policy-file.js';
import { isShippedPolicy } from '../case/policy.js';
import type { DebtorData } from '../case/debtor.js';
import type { Charge, ClaimRegistered } from '../case/events.js';
import type { Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import { mayChargeCompensation, unlawfulFee } from '../law/costs.js';
import { addDays, formatDate, rollForward, type LocalDate } from '../law/dates.js';
import { formatKroner, formatNumber, type Ore } from '../law/money.js';
import { refuse } from '../law/rules.js';
import type { SentLetter } from '../law/steps.js';
import type { Warning } from './answer.js';
import { refused, usage } from './fault.js';
import { debtorWarnings } from './known-debtor.js';

/** A claim as the user or a file states it, already well formed. */
export interface NewClaim {
  readonly invoice: string;
  readonly amountOre: Ore;
  readonly issued: LocalDate | null;
  readonly due: LocalDate;
  readonly description: string | null;
  readonly kid: string | null;
  readonly policy: string | null;
  readonly charge: Charge;
  readonly interestFrom: LocalDate | null;
  readonly history: readonly SentLetter[];
  readonly debtor: DebtorData;
  readonly source: ClaimRegistered['source'];
}

/** The due date the law counts from (D4). */
export function effectiveDueOf(due: LocalDate, settings: Settings): LocalDate {
  return settings.shiftDueDate ? rollForward(due) : due;
}

/** Registers a claim as a new case. @throws UserFault. Returns the case number and what the user should know. */
export function registerClaim(ctx: Context, claim: NewClaim): { number: number; warnings: Warning[] } {
  refuseDuplicate(ctx, claim);
  return registerNewClaim(ctx, claim);
}

/** The same for a claim that is known not to be registered. @throws UserFault */
export function registerNewClaim(ctx: Context, claim: NewClaim): { number: number; warnings: Warning[] } {
  const store = ctx.store();
  const settings = store.settings();
  const effectiveDue = effectiveDueOf(claim.due, settings);
  const warnings: Warning[] = [];
  const policy = usePolicy(ctx, claim.policy ?? settings.policy, warnings);
  refuseImpossible(ctx, claim, effectiveDue);
  if (claim.due >= ctx.today) {
    const message = `Fakturaen forfaller ${formatDate(claim.due)}; det sendes ikke brev før etter forfall.`;
    warnings.push({ code: 'NOT_DUE', message });
  }
  const { debtor, amountOre, invoice, issued, due, description, kid, charge, interestFrom, history, source } =
    claim;
  const registered = store.register(
    debtor,
    (debtorId) => [
      {
        happenedOn: issued ?? ctx.today,
        body: {
          type: 'claimRegistered',
          invoice,
          debtorId,
          debtorType: debtor.type,
          amountOre,
          issued,
          due,
          effectiveDue,
          description,
          kid,
          policy,
          charge,
          interestFrom,
          history,
          source,
        },
      },
    ],
    ctx.moment(),
  );
  warnings.push(...debtorWarnings(ctx, debtor, registered));
  return { number: registered.number, warnings };
}

/** A ladder by its name, or one of the user's own from a file: checked against the law and kept under its name. */
function usePolicy(ctx: Context, named: string, warnings: Warning[]): string {
  if (isShippedPolicy(named) || ctx.store().policy(named) !== null) return named;
  const file = ctx.readFile(named);
  if (file === null) throw usage(`--policy: «${named}» er verken standard, mild, fast eller en fil.`);
  const check = checkPolicyFile(readJson(file.bytes, named));
  if (check.kind === 'malformed') throw usage(`--policy ${named}: ${check.why}.`);
  if (check.kind === 'unlawful') throw refused(check.refusal);
  warnings.push(...check.warnings.map((message) => ({ code: 'POLICY_WASTES_FEE', message })));
  if (!ctx.store().addPolicy(check.policy)) {
    throw usage(
      `--policy ${named}: det finnes alt et annet løp med navnet «${check.policy.name}».`,
      'Gi løpet et nytt navn i filen.',
    );
  }
  return check.policy.name;
}

function readJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw usage(`${name} er ikke gyldig JSON.`);
  }
}

function refuseImpossible(ctx: Context, claim: NewClaim, effectiveDue: LocalDate): void {
  const { issued, due, interestFrom, charge, debtor } = claim;
  if (debtor.orgnr !== null && debtor.orgnr === ctx.store().settings().orgnr) {
    throw usage(
      `Org.nr. ${formatOrgnr(debtor.orgnr)} er ditt eget; du kan ikke kreve inn hos deg selv.`,
      'Oppgi skyldnerens org.nr.',
    );
  }
  if (issued !== null && issued > due) {
    throw usage(`Fakturadatoen ${formatDate(issued)} er etter forfall ${formatDate(due)}.`);
  }
  if (issued !== null && issued > ctx.today)
    throw usage(`Fakturadatoen ${formatDate(issued)} er i framtiden.`);
  if (interestFrom !== null && interestFrom <= effectiveDue) {
    throw refused(
      refuse(
        'I3',
        `Renter kan tidligst regnes fra dagen etter forfall, ${formatDate(addDays(effectiveDue, 1))}.`,
      ),
    );
  }
  if (charge === 'compensation' && !mayChargeCompensation(debtor.type)) {
    throw refused(
      refuse('F9', 'Standardkompensasjon kan ikke kreves av en forbruker.'),
      'Bruk --charge fees.',
    );
  }
  for (const letter of claim.history) refuseImpossibleHistory(ctx, letter, due);
  refuseUnlawfulFees(ctx, claim.history, effectiveDue);
}

function refuseUnlawfulFees(ctx: Context, letters: readonly SentLetter[], effectiveDue: LocalDate): void {
  const store = ctx.store();
  const { newFeesAfterSixMonths } = store.settings();
  const unlawful = unlawfulFee({ effectiveDue, letters, newFeesAfterSixMonths }, store.rates());
  if (unlawful === null) return;
  const lawful = formatNumber(unlawful.lawfulOre);
  throw refused(
    unlawful.refusal,
    `Skriv det loven tillater (${lawful}) i --history. Har du krevd mer, skylder skyldneren det ikke.`,
  );
}

function refuseImpossibleHistory(ctx: Context, letter: SentLetter, due: LocalDate): void {
  if (letter.sentOn <= due)
    throw usage(
      `--history: ${letter.step} kan ikke være sendt ${formatDate(letter.sentOn)}, før kravet forfalt.`,
    );
  if (letter.sentOn > ctx.today) throw usage(`--history: ${letter.step} kan ikke være sendt i framtiden.`);
  if (letter.deadline < letter.sentOn)
    throw usage(`--history: fristen i ${letter.step} er før brevet ble sendt.`);
}

/** The same invoice twice is one claim; the same number with another amount is a conflict only the user can settle. */
function refuseDuplicate(ctx: Context, claim: NewClaim): void {
  const known = knownClaim(ctx, claim);
  if (known === null || (isUntouched(known) && stopOf(known, 'closed') !== null)) return;
  const { number } = known;
  const mistake = isUntouched(known)
    ? ` Er den feil registrert, avslutter du den med «inkasso close ${number} --reason …» og registrerer på nytt.`
    : '';
  if (known.claim.amountOre === claim.amountOre) {
    throw usage(
      `Faktura ${claim.invoice} er alt registrert som sak ${number}.`,
      `Se den med «inkasso show ${number}».${mistake}`,
      'DUPLICATE',
    );
  }
  throw usage(
    `Faktura ${claim.invoice} er alt registrert som sak ${number} på ${formatKroner(known.claim.amountOre)}, ikke ${formatKroner(claim.amountOre)}.`,
    `Sjekk fakturanummeret. Er beløpet satt ned, registrerer du en kreditnota på saken.${mistake}`,
    'CONFLICT',
  );
}

/** Nothing has been sent and nothing has come in: what was registered by mistake may be closed and registered anew. */
function isUntouched(c: Case): boolean {
  return c.movements.length === 0 && c.letters.every((letter) => letter.state !== 'sent');
}

/** A case that was closed as a mistake stays so when the invoice has been registered anew. @throws UserFault */
export function refuseRegisteredAnew(ctx: Context, c: Case): void {
  if (stopOf(c, 'closed') === null) return;
  const { number, claim } = c;
  const anew = knownClaim(ctx, claim);
  if (anew === null || anew.number === number || stopOf(anew, 'closed') !== null) return;
  throw refused(
    refuse('S8', `Faktura ${claim.invoice} er registrert på nytt som sak ${anew.number}.`),
    `Skal sak ${number} gjelde, avslutter du først den andre med «inkasso close ${anew.number} --reason …».`,
  );
}

/** The case of the same invoice: same number, issued (or due) the same year. */
export function knownClaim(ctx: Context, claim: Pick<NewClaim, 'invoice' | 'issued' | 'due'>): Case | null {
  // Of several the latest: the earlier ones were closed as mistakes.
  for (const number of ctx.store().cases.withInvoice(claim.invoice).reverse()) {
    const known = ctx.store().case(number);
    if (known !== null && yearOfInvoice(known.claim) === yearOfInvoice(claim)) return known;
  }
  return null;
}

function yearOfInvoice(claim: { issued: LocalDate | null; due: LocalDate }): string {
  return (claim.issued ?? claim.due).slice(0, 4);
}
