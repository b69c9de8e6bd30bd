import type { Case } from '../case/case.js';
import type { Allocation } from '../case/claim.js';
import type { LetterPlan } from '../case/letter-plan.js';
import type { Debtor } from '../case/debtor.js';
import type { CostLine, Part } from '../case/events.js';
import { formatAccount, formatOrgnr } from '../case/party.js';
import type { Settings } from '../case/settings.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import { formatKroner, formatNumber, sum, type Ore } from '../law/money.js';
import type { LadderStep } from '../law/procedure.js';
import { periodName } from '../law/rates.js';
import { STEP_TITLES, type Step } from '../law/steps.js';
import { capitalise, formatRate, longDate } from './format.js';

/** One line of the statement of the claim. */
export interface StatementRow {
  readonly text: string;
  readonly amount: string;
}

/** Principal, interest or costs: never rolled together (L7). */
export interface StatementGroup {
  readonly title: string;
  readonly rows: readonly StatementRow[];
  readonly total: string;
}

/** Everything a letter says, as finished words: templates do no arithmetic and look nothing up. */
export interface LetterView {
  readonly step: Step;
  readonly title: string;
  readonly language: string;
  readonly creditor: {
    readonly name: string;
    readonly orgnr: string;
    readonly address: string;
    readonly contactLines: readonly string[];
    readonly reach: string;
  };
  readonly debtorLines: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the claim concerns: "faktura 1001 (taktekking)"; the second form begins a sentence. */
  readonly claimName: string;
  readonly claimNameFirst: string;
  readonly date: string;
  readonly due: string;
  readonly deadline: string;
  readonly principal: string;
  readonly interest: string;
  readonly costs: string;
  readonly total: string;
  readonly fee: string | null;
  /** Rate now and first day of interest, null when the letter claims no interest. */
  readonly interestRate: string | null;
  readonly interestFrom: string | null;
  /** Some of the claim has come in: the letter must not say that nothing has. */
  readonly partlyPaid: boolean;
  /** Interest still runs, because some of the principal is open. */
  readonly interestRuns: boolean;
  /** When the inkassovarsel was sent, for the letters that build on it. */
  readonly varselSent: string | null;
  /** What the creditor does if the letter is not answered: a step the creditor has configured (L4). */
  readonly next: {
    readonly betalingsoppfordring: boolean;
    /** The next letter adds a fee, the first or another one. */
    readonly firstFee: boolean;
    readonly newFee: boolean;
    readonly namsmann: boolean;
    readonly forliksraad: boolean;
    readonly inkassobyraa: boolean;
  };
  readonly statement: readonly StatementGroup[];
  readonly payment: {
    readonly amount: string;
    readonly deadline: string;
    readonly account: string;
    readonly kid: string | null;
    readonly reference: string | null;
    readonly iban: string | null;
    readonly bic: string | null;
  };
}

export interface LetterInput {
  readonly case: Case;
  readonly plan: LetterPlan;
  readonly debtor: Debtor;
  readonly settings: Settings;
  /** The letter that follows in the ladder if this one is not answered; null when it is the last. */
  readonly following: LadderStep | null;
}

/** The words of a letter that is about to be made (L3–L7). */
export function letterView(input: LetterInput): LetterView {
  const { case: c, plan, settings } = input;
  const claimsInterest = plan.interestOre > 0;
  const lastLine = plan.interestLines.at(-1);
  const [firstLine] = plan.interestLines;
  const varsel = [...c.claim.history.map((l) => ({ step: l.step, on: l.sentOn })), ...sentByUs(c)]
    .filter((letter) => letter.step === 'inkassovarsel')
    .at(-1);
  const claimName = `faktura ${c.claim.invoice}${c.claim.description === null ? '' : ` (${c.claim.description})`}`;
  const compensated = plan.costLines.some((line) => line.kind === 'compensation');
  const addsFee = input.following?.fee === true && !c.costsBarred && !compensated;
  const nextIs = (route: Settings['nextStep']): boolean =>
    input.following === null && settings.nextStep === route;
  return {
    step: plan.step,
    title: STEP_TITLES[plan.step],
    language: 'nb',
    creditor: creditorView(settings),
    debtorLines: addressLines(input.debtor),
    facts: factsOf(input),
    claimName,
    claimNameFirst: capitalise(claimName),
    date: longDate(plan.date),
    due: longDate(c.claim.due),
    deadline: longDate(plan.deadline),
    principal: formatKroner(plan.principalOre),
    interest: formatKroner(plan.interestOre),
    costs: formatKroner(plan.costsOre),
    total: formatKroner(plan.totalOre),
    fee: plan.feeOre > 0 ? formatKroner(plan.feeOre) : null,
    interestRate: claimsInterest && lastLine !== undefined ? formatRate(lastLine.rate) : null,
    interestFrom: claimsInterest && firstLine !== undefined ? longDate(firstLine.from) : null,
    partlyPaid: c.movements.some((movement) => movement.kind === 'payment'),
    interestRuns: plan.principalOre > 0,
    varselSent: varsel === undefined ? null : longDate(varsel.on),
    next: {
      betalingsoppfordring: input.following?.step === 'betalingsoppfordring',
      firstFee: addsFee && plan.costLines.length === 0,
      newFee: addsFee && plan.costLines.length > 0,
      namsmann: nextIs('namsmann'),
      forliksraad: nextIs('forliksraad'),
      inkassobyraa: nextIs('inkassobyraa'),
    },
    statement: statementOf(c, plan),
    payment: paymentView(c, plan, input.debtor, settings),
  };
}

function sentByUs(c: Case): { step: Step; on: LocalDate }[] {
  return c.letters.flatMap(({ made, sentOn }) => (sentOn === null ? [] : [{ step: made.step, on: sentOn }]));
}

function creditorView(settings: Settings): LetterView['creditor'] {
  const contactLines = [settings.contact, settings.phone, settings.email].filter((line) => line !== null);
  const ways = [settings.email, settings.phone].filter((way) => way !== null);
  const reach =
    ways.length > 0
      ? `på ${ways.join(' eller ')}`
      : `i brev til ${settings.address}, ${settings.zip} ${settings.city}`;
  return {
    name: settings.name,
    orgnr: formatOrgnr(settings.orgnr),
    address: `${settings.address}, ${settings.zip} ${settings.city}`,
    contactLines,
    reach,
  };
}

/** At most five lines, the country last and only abroad: they must fit the window of an envelope. */
function addressLines(debtor: Debtor): string[] {
  const street = (debtor.address ?? '').split('\n').slice(0, 2);
  const place = [debtor.zip, debtor.city].filter((part) => part !== null).join(' ');
  const country = debtor.country === 'NO' ? '' : debtor.country;
  return [debtor.name, ...street, place, country].filter((line) => line !== '').slice(0, 5);
}

function factsOf({ case: c, plan }: LetterInput): { label: string; value: string }[] {
  const facts = [
    { label: 'Dato', value: formatDate(plan.date) },
    { label: 'Vår sak', value: String(c.number) },
    { label: 'Fakturanummer', value: c.claim.invoice },
    ...(c.claim.issued === null ? [] : [{ label: 'Fakturadato', value: formatDate(c.claim.issued) }]),
    { label: 'Forfall', value: formatDate(c.claim.due) },
  ];
  return facts;
}

function statementOf(c: Case, plan: LetterPlan): StatementGroup[] {
  const { claim } = plan;
  const issued = c.claim.issued === null ? '' : ` av ${formatDate(c.claim.issued)}`;
  const invoiceRow = row(
    `Faktura ${c.claim.invoice}${issued}, forfall ${formatDate(c.claim.due)}`,
    c.claim.amountOre,
  );
  const used = (part: Part): StatementRow[] =>
    claim.allocations.flatMap((allocation) => usedOn(allocation, part));
  const groups: StatementGroup[] = [
    group('Hovedstol', [invoiceRow, ...used('principal')], plan.principalOre),
  ];
  if (plan.interestLines.length > 0) {
    groups.push(
      group(
        'Forsinkelsesrente',
        [...plan.interestLines.map(interestRow), ...used('interest')],
        plan.interestOre,
      ),
    );
  }
  const interestPaid = sum(claim.allocations.map((allocation) => allocation.interestOre));
  if (plan.interestLines.length === 0 && interestPaid > 0) {
    // A letter that claims no interest still shows where every payment went.
    groups.push(group('Forsinkelsesrente', [row('Påløpt og dekket', interestPaid), ...used('interest')], 0));
  }
  if (plan.costLines.length > 0) {
    groups.push(
      group(
        costsTitle(plan.costLines),
        [...plan.costLines.map((line) => costRow(line)), ...used('costs')],
        plan.costsOre,
      ),
    );
  }
  return groups;
}

/** F9: the compensation takes the place of the fees, and is not one. */
function costsTitle(lines: readonly CostLine[]): string {
  return lines.some((line) => line.kind === 'compensation') ? 'Kompensasjon' : 'Gebyr';
}

function row(text: string, ore: Ore): StatementRow {
  return { text, amount: formatNumber(ore) };
}

function group(title: string, rows: StatementRow[], total: Ore): StatementGroup {
  return { title, rows, total: formatNumber(total) };
}

function interestRow(line: InterestLine): StatementRow {
  const days = line.days === 1 ? '1 dag' : `${line.days} dager`;
  const period = `${formatDate(line.from)}–${formatDate(line.to)}`;
  return row(
    `${formatRate(line.rate)} av ${formatKroner(line.baseOre)}, ${period}: ${days} av ${line.yearDays}`,
    line.amountOre,
  );
}

/** The letter a fee belongs to is named by its date: an inkassovarsel must not speak of a purring (L4). */
function costRow(line: CostLine): StatementRow {
  const what =
    line.kind === 'fee'
      ? `Gebyr for brev ${formatDate(line.on)}`
      : `I stedet for gebyr: standardkompensasjon, 40 euro etter satsen for ${periodName('standardkompensasjon', line.on)}`;
  return row(`${what} (${line.hjemmel})`, line.amountOre);
}

const MOVEMENT_WORDS: Readonly<Record<Allocation['kind'], string>> = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  waiver: 'Frafalt',
  refund: 'Tilbakebetalt',
};

function usedOn(allocation: Allocation, part: Part): StatementRow[] {
  const amount = {
    costs: allocation.costsOre,
    interest: allocation.interestOre,
    principal: allocation.principalOre,
  }[part];
  return amount === 0
    ? []
    : [row(`${MOVEMENT_WORDS[allocation.kind]} ${formatDate(allocation.on)}`, -amount)];
}

function paymentView(c: Case, plan: LetterPlan, debtor: Debtor, settings: Settings): LetterView['payment'] {
  const abroad = debtor.country !== 'NO';
  return {
    amount: formatKroner(plan.totalOre),
    deadline: formatDate(plan.deadline),
    account: formatAccount(settings.account),
    kid: c.claim.kid,
    reference: c.claim.kid === null ? `faktura ${c.claim.invoice}` : null,
    iban: abroad ? settings.iban : null,
    bic: abroad ? settings.bic : null,
  };
}
