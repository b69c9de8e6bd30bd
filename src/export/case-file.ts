import { sentLetters, stopOf, type Case, type Letter } from '../case/case.js';
import type { Allocation, Claim } from '../case/claim.js';
import type { Debtor } from '../case/debtor.js';
import type { CostLine, Part } from '../case/events.js';
import { kidOf } from '../case/kid.js';
import { formatAccount, formatOrgnr, type Address } from '../case/party.js';
import type { Settings } from '../case/settings.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import type { EnforcementFacts } from '../law/enforcement.js';
import type { InterestLine } from '../law/interest.js';
import { formatKroner, formatNumber, formatPercent, sum, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
import { blank, field, table, type Block, type Field, type Paper, type Weight } from './paper.js';

/** Everything a paper about one claim is made of. */
export interface CaseFile {
  readonly case: Case;
  readonly debtor: Debtor;
  readonly creditor: Settings;
  /** What is owed on `on`. */
  readonly claim: Claim;
  /** The day of the paper. */
  readonly on: LocalDate;
  readonly rates: Rates;
}

/** What only the user knows, given when the paper is made and never stored. */
export interface PaperAnswers {
  /** To whom, in words: «Namsfogden i Oslo». */
  readonly to: string | null;
  /** The debtor's date of birth, as people write it. A national id is filled in by hand (B3). */
  readonly debtorBorn: string | null;
}

/** The top of a paper: who sends it, to whom, on what day. */
export function paperHead(
  file: CaseFile,
  title: string,
  receiver: readonly string[],
): Omit<Paper, 'blocks' | 'subtitle'> {
  const { creditor } = file;
  const reach = [creditor.contact, creditor.phone, creditor.email].filter((way) => way !== null);
  return {
    title,
    sender: [
      creditor.name,
      `Org.nr. ${formatOrgnr(creditor.orgnr)}`,
      addressLine(creditor),
      ...(reach.length === 0 ? [] : [reach.join(' · ')]),
    ],
    receiver,
    date: formatDate(file.on),
    footer: `${title}, sak ${file.case.number}`,
  };
}

/** `Storgata 2, 5003 Bergen` */
export function addressLine(party: Address): string {
  const place = [party.zip, party.city].filter((part) => part !== null).join(' ');
  const street = (party.address ?? '').replaceAll('\n', ', ');
  const country = party.country === 'NO' ? '' : party.country;
  return [street, place, country].filter((part) => part !== '').join(', ');
}

export function creditorField(label: string, creditor: Settings): Field {
  return field(
    label,
    creditor.name,
    `Org.nr. ${formatOrgnr(creditor.orgnr)}`,
    addressLine(creditor),
    creditor.contact,
    creditor.phone,
    creditor.email,
  );
}

/** The debtor, with a line for what is never stored: the national id of a person, or an org.nr. that is not known. */
export function debtorFields(label: string, debtor: Debtor, answers: PaperAnswers): Field[] {
  const known = field(
    label,
    debtor.name,
    debtor.orgnr === null ? null : `Org.nr. ${formatOrgnr(debtor.orgnr)}`,
    addressLine(debtor),
    debtor.phone,
    debtor.email,
  );
  if (debtor.orgnr !== null) return [known];
  if (debtor.type !== 'consumer') return [known, blank('Organisasjonsnummer')];
  const born = answers.debtorBorn;
  const id = blank('Fødselsnummer', 'Fylles ut for hånd når det er kjent; det lagres ikke.');
  return born === null
    ? [known, blank('Fødselsdato eller fødselsnummer', 'Fylles ut for hånd; det lagres ikke.')]
    : [known, field('Fødselsdato', born), id];
}

export function paymentField(file: CaseFile): Field {
  const { creditor, case: c } = file;
  return field('Betales til', `Konto ${formatAccount(creditor.account)}`, referenceOf(c));
}

function referenceOf(c: Case): string {
  const kid = kidOf(c);
  return kid === null ? `Merkes: faktura ${c.claim.invoice}` : `KID ${kid}`;
}

/** What the claim is for: `Faktura 1001 av 20.07.2026 (Reparasjon), forfall 03.08.2026`. */
export function claimName(c: Case): string {
  const issued = c.claim.issued === null ? '' : ` av ${formatDate(c.claim.issued)}`;
  const what = c.claim.description === null ? '' : ` (${c.claim.description})`;
  return `Faktura ${c.claim.invoice}${issued}${what}, forfall ${formatDate(c.claim.due)}`;
}

interface ClaimRow {
  readonly weight?: Weight;
  readonly cells: readonly string[];
}

/** The claim with principal, interest and costs each shown, line by line, each with its paragraph. */
export function claimTable(file: CaseFile, caption: string | null = null): Block {
  const { case: c, claim } = file;
  const used = (part: Part): ClaimRow[] =>
    claim.allocations.flatMap((allocation) => usedRow(allocation, part));
  const rows: ClaimRow[] = [
    group('Hovedstol', claim.principalOre),
    row(claimName(c), '', c.claim.amountOre),
    ...used('principal'),
    group('Forsinkelsesrente', claim.interestOre),
    ...claim.interestLines.map(interestRow),
    ...used('interest'),
    group('Kostnader', claim.costsOre),
    ...claim.costLines.map(costRow),
    ...used('costs'),
    { weight: 'total', cells: [`Sum ${formatDate(claim.asOf)}`, '', formatNumber(claim.openOre)] },
  ];
  return table(['Post', 'Hjemmel', '>Kroner'], rows, caption);
}

function group(title: string, ore: Ore): ClaimRow {
  return { weight: 'strong', cells: [title, '', formatNumber(ore)] };
}

function row(words: string, hjemmel: string, ore: Ore): ClaimRow {
  return { weight: 'indent', cells: [words, hjemmel, formatNumber(ore)] };
}

export function interestWords(line: InterestLine): string {
  const days = line.days === 1 ? '1 dag' : `${line.days} dager`;
  return `${formatPercent(line.rate)} av ${formatKroner(line.baseOre)}, ${formatDate(line.from)}–${formatDate(line.to)}: ${days} av ${line.yearDays}`;
}

function interestRow(line: InterestLine): ClaimRow {
  return row(interestWords(line), citeRule('I1'), line.amountOre);
}

export function costName(line: CostLine): string {
  if (line.kind === 'compensation') return 'Standardkompensasjon i stedet for gebyr';
  return `Gebyr, ${line.step === null ? 'brev' : STEP_TITLES[line.step].toLowerCase()} ${formatDate(line.on)}`;
}

function costRow(line: CostLine): ClaimRow {
  return row(costName(line), line.hjemmel, line.amountOre);
}

export const MOVEMENT_WORDS: Readonly<Record<Allocation['kind'], string>> = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  objection: 'Falt bort etter innsigelse',
  waiver: 'Frafalt',
  refund: 'Tilbakebetalt',
};

function usedRow(allocation: Allocation, part: Part): ClaimRow[] {
  const ore = {
    costs: allocation.costsOre,
    interest: allocation.interestOre,
    principal: allocation.principalOre,
  }[part];
  return ore === 0 ? [] : [row(`${MOVEMENT_WORDS[allocation.kind]} ${formatDate(allocation.on)}`, '', -ore)];
}

/** The part of a sum that came in as payments, by part of the claim. */
export function paidOn(claim: Claim, part: 'costsOre' | 'interestOre' | 'principalOre'): Ore {
  return sum(claim.allocations.filter((a) => a.kind === 'payment').map((a) => a[part]));
}

/** The letters the program made and that were sent, oldest first. */
export function sentByProgram(c: Case): (Letter & { readonly sentOn: LocalDate })[] {
  return c.letters
    .filter((letter): letter is Letter & { readonly sentOn: LocalDate } => letter.sentOn !== null)
    .sort((a, b) => (a.sentOn === b.sentOn ? a.id - b.id : a.sentOn < b.sentOn ? -1 : 1));
}

/** What the Acts ask about a claim that is to go to an authority. `noticeSent`: a notice sent besides the program's letters. */
export function enforcementFacts(file: CaseFile, noticeSent: LocalDate | null): EnforcementFacts {
  const { case: c, debtor } = file;
  const letters = sentLetters(c);
  const demands = letters.filter(({ step }) => step === 'inkassovarsel' || step === 'betalingsoppfordring');
  const last = letters.filter(({ step }) => step === 'betalingsoppfordring').at(-1);
  const notices = c.letters.flatMap(({ made, sentOn }) =>
    made.enforcementNotice === true && sentOn !== null ? [sentOn] : [],
  );
  const known = [...notices, ...(noticeSent === null ? [] : [noticeSent])].sort();
  return {
    debtorType: debtor.type,
    addressKnown: debtor.address !== null && debtor.zip !== null && debtor.city !== null,
    betalingsoppfordring: last === undefined ? null : { sentOn: last.sentOn, deadline: last.deadline },
    noticeSent: known.at(-1) ?? null,
    disputed: stopOf(c, 'disputed') !== null,
    demandedOn: demands[0]?.sentOn ?? null,
  };
}
