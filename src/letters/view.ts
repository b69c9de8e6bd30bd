import { payments, type Case } from '../case/case.js';
import type { Debtor } from '../case/debtor.js';
import type { LetterPlan } from '../case/letter-plan.js';
import type { Explanation } from '../case/why.js';
import { formatAccount, formatOrgnr, ibanOf, type Language } from '../case/party.js';
import type { Settings } from '../case/settings.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import type { LadderStep } from '../law/procedure.js';
import type { Step } from '../law/steps.js';
import { appendixView, type AppendixView } from './appendix.js';
import { windowAddress } from './address.js';
import { countryName } from './countries.js';
import { capitalise, formatIban } from './format.js';
import { interestWords, type InterestWords } from './interest.js';
import { wordsOf } from './languages.js';
import { plainText } from './plain.js';
import { statementOf, type StatementGroup } from './statement.js';
import type { Labels, Words } from './words.js';

/** Everything a letter says, as finished words: templates do no arithmetic and look nothing up. */
export interface LetterView extends InterestWords {
  readonly step: Step;
  readonly title: string;
  readonly language: Language;
  /** BCP 47, of the page and the PDF. */
  readonly locale: string;
  /** What the PDF calls itself. */
  readonly documentTitle: string;
  readonly labels: Labels;
  /** Whose sheet it is and of which case, where a letter takes several. */
  readonly foot: string;
  readonly creditor: {
    readonly name: string;
    readonly orgnr: string;
    readonly address: string;
    readonly contactLines: readonly string[];
    readonly reach: string;
    /** The same word by word; a whole one is not broken, as an e-mail address would be at its hyphens. */
    readonly reachWords: readonly { readonly word: string; readonly whole: boolean }[];
    /** The name needs more than two lines of the large type. */
    readonly longName: boolean;
    /** A picture as data, so that nothing is fetched. */
    readonly logo: string | null;
  };
  readonly debtorName: string;
  readonly debtorLines: readonly string[];
  /** The debtor's whole name, where the window of the envelope shows only some of it. */
  readonly wholeName: string | null;
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
  /** What the statement needs explained. */
  readonly notes: readonly string[];
  readonly payment: {
    readonly amount: string;
    readonly deadline: string;
    readonly account: string;
    readonly kid: string | null;
    readonly reference: string | null;
    /** For a debtor abroad. */
    readonly currency: string | null;
    readonly iban: string | null;
    readonly bic: string | null;
  };
  /** Interest and costs, krone for krone, where the creditor has asked for it. */
  readonly appendix: AppendixView | null;
}

export interface LetterInput {
  readonly case: Case;
  readonly plan: LetterPlan;
  readonly debtor: Debtor;
  readonly settings: Settings;
  /** What the payment is marked with; null: with the number of the invoice. */
  readonly kid: string | null;
  /** The letter that follows in the ladder if this one is not answered; null when it is the last. */
  readonly following: LadderStep | null;
  /** How the claim of the letter adds up, for the appendix; none when not given. */
  readonly explanation?: Explanation | null;
}

/** The words of a letter that is about to be made, in the debtor's language (L3–L7). */
export function letterView(input: LetterInput): LetterView {
  const { case: c, plan, debtor } = input;
  const words = wordsOf(debtor.language);
  const invoice = plainText(c.claim.invoice);
  const claimName = words.claimName(invoice, plainText(c.claim.description ?? ''));
  const { lines, wholeName } = windowAddress(debtor);
  const title = words.titles[plan.step];
  return {
    step: plan.step,
    title,
    language: debtor.language,
    locale: words.locale,
    documentTitle: `${title} – ${words.claimName(invoice, '')}`,
    labels: words.labels,
    foot: footOf(input, words),
    creditor: creditorView(input, words),
    debtorName: plainText(debtor.name),
    debtorLines: lines,
    wholeName,
    facts: factsOf(input, words),
    claimName,
    claimNameFirst: capitalise(claimName),
    date: words.longDate(plan.date),
    due: words.longDate(c.claim.due),
    deadline: words.longDate(plan.deadline),
    principal: formatKroner(plan.principalOre),
    interest: formatKroner(plan.interestOre),
    costs: formatKroner(plan.costsOre),
    total: formatKroner(plan.totalOre),
    fee: plan.feeOre > 0 ? formatKroner(plan.feeOre) : null,
    ...interestWords(plan, words),
    partlyPaid: payments(c).length > 0,
    interestRuns: plan.principalOre > 0,
    varselSent: varselSent(c, words),
    next: nextView(input),
    statement: statementOf(c, plan, words),
    notes: notesOf(c, plan, words),
    payment: paymentView(input, words),
    appendix: appendixOf(input, words, claimName),
  };
}

function appendixOf(
  { plan, debtor, explanation }: LetterInput,
  words: Words,
  claim: string,
): AppendixView | null {
  if (explanation === undefined || explanation === null) return null;
  const { language } = debtor;
  const date = words.longDate(plan.date);
  return appendixView({ explanation, language, letter: words.titles[plan.step], date, claim });
}

function varselSent(c: Case, words: Words): string | null {
  const varsel = [...c.claim.history.map((l) => ({ step: l.step, on: l.sentOn })), ...sentByUs(c)]
    .filter((letter) => letter.step === 'inkassovarsel')
    .at(-1);
  return varsel === undefined ? null : words.longDate(varsel.on);
}

function sentByUs(c: Case): { step: Step; on: LocalDate }[] {
  return c.letters.flatMap(({ made, sentOn }) => (sentOn === null ? [] : [{ step: made.step, on: sentOn }]));
}

function nextView({ case: c, plan, settings, following }: LetterInput): LetterView['next'] {
  const compensated = plan.costLines.some((line) => line.kind === 'compensation');
  const addsFee = following?.fee === true && !c.costsBarred && !compensated;
  const nextIs = (route: Settings['nextStep']): boolean => following === null && settings.nextStep === route;
  return {
    betalingsoppfordring: following?.step === 'betalingsoppfordring',
    firstFee: addsFee && plan.costLines.length === 0,
    newFee: addsFee && plan.costLines.length > 0,
    namsmann: nextIs('namsmann'),
    forliksraad: nextIs('forliksraad'),
    inkassobyraa: nextIs('inkassobyraa'),
  };
}

/** Longest name that leaves room for the number of the sheet beside it. */
const LONGEST_FOOT_NAME = 60;

function footOf({ case: c, settings }: LetterInput, { labels }: Words): string {
  return `${shortened(plainText(settings.name), LONGEST_FOOT_NAME)} · ${labels.caseNumber} ${c.number}`;
}

function shortened(text: string, longest: number): string {
  const signs = [...text];
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : text;
}

/** Longest name in the large type of the letterhead. */
const LONGEST_LARGE_NAME = 60;

/** Longest word that certainly fits on a line of the letter. */
const LONGEST_WHOLE_WORD = 60;

function creditorView({ settings, debtor }: LetterInput, words: Words): LetterView['creditor'] {
  const clean = (texts: readonly (string | null)[]): string[] =>
    texts.flatMap((text) => (text === null ? [] : [plainText(text)])).filter((text) => text !== '');
  const country = debtor.country === settings.country ? [] : [countryName(settings.country, debtor.language)];
  const address = [...clean([settings.address, `${settings.zip} ${settings.city}`]), ...country].join(', ');
  const ways = clean([settings.email, settings.phone]);
  const reach = ways.length > 0 ? words.reach(ways) : words.reachByLetter(address);
  const name = plainText(settings.name);
  return {
    name,
    longName: name.length > LONGEST_LARGE_NAME,
    orgnr: formatOrgnr(settings.orgnr),
    address,
    contactLines: clean([settings.contact, settings.phone, settings.email]),
    reach,
    reachWords: reach.split(' ').map((word) => ({ word, whole: word.length <= LONGEST_WHOLE_WORD })),
    logo: settings.logo,
  };
}

/** Longest value beside the window of the envelope; what is longer stands whole in the text. */
const LONGEST_FACT = 60;

function factsOf({ case: c, plan }: LetterInput, { labels }: Words): { label: string; value: string }[] {
  const invoice = plainText(c.claim.invoice);
  const shown = shortened(invoice, LONGEST_FACT);
  return [
    { label: labels.date, value: formatDate(plan.date) },
    { label: labels.caseNumber, value: String(c.number) },
    { label: labels.invoice, value: shown },
    ...(c.claim.issued === null ? [] : [{ label: labels.issued, value: formatDate(c.claim.issued) }]),
    { label: labels.due, value: formatDate(c.claim.due) },
  ];
}

/** D4: a due date that was moved is explained where interest is reckoned from it. */
function notesOf(c: Case, plan: LetterPlan, words: Words): string[] {
  const { due, effectiveDue, interestFrom } = c.claim;
  if (due === effectiveDue || interestFrom !== null || plan.interestLines.length === 0) return [];
  return [words.dueMoved(words.longDate(due), words.longDate(effectiveDue))];
}

function paymentView(
  { case: c, plan, debtor, settings, kid: given }: LetterInput,
  words: Words,
): LetterView['payment'] {
  const abroad = debtor.country !== 'NO';
  const kid = given === null ? null : plainText(given);
  return {
    amount: formatKroner(plan.totalOre),
    deadline: words.boxDate(plan.deadline),
    account: formatAccount(settings.account),
    kid,
    reference: kid === null ? words.claimName(plainText(c.claim.invoice), '') : null,
    currency: abroad || debtor.language === 'en' ? words.labels.kroner : null,
    iban: abroad ? formatIban(settings.iban ?? ibanOf(settings.account)) : null,
    bic: abroad ? settings.bic : null,
  };
}
