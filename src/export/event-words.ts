import type { CaseEvent, DisputeOutcome, HandoverTarget, StopCause } from '../case/events.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';

const OUTCOMES: Readonly<Record<DisputeOutcome, string>> = {
  withdrawn: 'trukket',
  rejected: 'avvist som åpenbart grunnløs',
  upheld: 'tatt til følge',
  partly: 'delvis tatt til følge',
};

const CAUSES: Readonly<Record<StopCause, string>> = {
  bankruptcy: 'konkurs',
  'debt-settlement': 'gjeldsforhandling eller gjeldsordning',
  death: 'dødsfall',
  minor: 'skyldneren er mindreårig eller uten rettslig handleevne',
};

const TARGETS: Readonly<Record<HandoverTarget, string>> = {
  namsmann: 'namsmannen',
  forliksraad: 'forliksrådet',
  inkassobyraa: 'et inkassoforetak',
};

const CHANNELS = {
  post: 'i posten',
  registered: 'rekommandert',
  email: 'med e-post',
  digital: 'digitalt',
} as const;

const PARTS = { costs: 'kostnader', interest: 'renter', principal: 'hovedstol' } as const;
const WAIVED = { fees: 'gebyrene', interest: 'rentene', amount: 'et beløp' } as const;

/** What somebody wrote, as the end of a sentence. */
function ended(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** What happened, in one sentence a stranger to the case can read. */
export function eventWords(event: CaseEvent): string {
  switch (event.type) {
    case 'claimRegistered':
      return `Kravet ble registrert: faktura ${event.invoice}, ${formatKroner(event.amountOre)}, forfall ${formatDate(event.due)}.`;
    case 'letterGenerated':
      return `${STEP_TITLES[event.step]} (brev ${event.letter}) ble laget: ${formatKroner(event.totalOre)}, frist ${formatDate(event.deadline)}.`;
    case 'letterSent':
      return `Brev ${event.letter} ble sendt ${CHANNELS[event.channel]}${event.address === undefined ? '' : ` til ${event.address}`}.${event.basis === undefined ? '' : ` Grunnlag: ${ended(event.basis)}`}`;
    case 'mailStarted':
      return `Brev ${event.letter} ble overlatt til e-posttjeneren, til ${event.address}.`;
    case 'mailFailed':
      return `E-posttjeneren tok ikke imot brev ${event.letter}: ${ended(event.reason)}`;
    case 'letterWithdrawn':
      return `Brev ${event.letter} ble trukket tilbake: ${ended(event.reason)}`;
    case 'paymentReceived':
      return `Innbetalt ${formatKroner(event.amountOre)}${event.purpose === null ? '' : `, til ${PARTS[event.purpose]}`}${event.reference === null ? '' : ` (${event.reference})`}.`;
    case 'paymentReversed':
      return `Banken tilbakeførte innbetalingen på ${formatKroner(event.amountOre)}${event.reference === null ? '' : ` (${event.reference})`}.`;
    case 'creditNoted':
      return `Kreditnota på ${formatKroner(event.amountOre)}${event.noteNumber === null ? '' : ` (${event.noteNumber})`}.`;
    case 'refundPaid':
      return `Tilbakebetalt ${formatKroner(event.amountOre)}.`;
    case 'waived':
      return `Frafalt ${WAIVED[event.what]}${event.amountOre === null ? '' : `: ${formatKroner(event.amountOre)}`}.`;
    case 'disputed':
      return `Skyldneren hadde innsigelser${event.partOre === null ? '' : ` mot ${formatKroner(event.partOre)}`}: ${ended(event.reason)}`;
    case 'disputeResolved':
      return `Innsigelsen ble ${OUTCOMES[event.outcome]}: ${ended(event.reason)}${event.reducedOre > 0 ? ` Kravet ble satt ned med ${formatKroner(event.reducedOre)}.` : ''}`;
    case 'planAgreed':
      return `Nedbetaling avtalt: ${event.instalments.map((part) => `${formatKroner(part.amountOre)} ${formatDate(part.due)}`).join(', ')}.`;
    case 'putOnHold':
      return `Utsettelse til ${formatDate(event.until)}: ${ended(event.reason)}`;
    case 'resumed':
      return `Innkrevingen ble tatt opp igjen${event.reason === undefined ? '.' : `: ${ended(event.reason)}`}`;
    case 'stopped':
      return `Saken ble stanset: ${CAUSES[event.because]}.`;
    case 'putAside':
      return `Kravet ble lagt i bero: ${ended(event.reason)}`;
    case 'writtenOff':
      return `Kravet ble tapsført med ${formatKroner(event.amountOre)}: ${ended(event.reason)}`;
    case 'handedOver':
      return `Kravet ble overlatt til ${TARGETS[event.to]}.`;
    case 'noted':
      return `Notat${event.byPhone ? ' (telefon)' : ''}: ${event.text}`;
    case 'closed':
      return `Saken ble avsluttet: ${ended(event.reason)}`;
    case 'reopened':
      return `Saken ble åpnet igjen: ${ended(event.reason)}`;
    case 'undone':
      return `Hendelse ${event.undoes} ble angret og teller ikke lenger.`;
  }
}
