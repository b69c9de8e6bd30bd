import { formatDate } from '../law/dates.js';
import { joinNorwegian } from '../law/reference.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Words } from './words.js';

const MONTHS = [
  'januar',
  'februar',
  'mars',
  'april',
  'mai',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'desember',
];

const MOVEMENTS = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  objection: 'Falt bort etter innsigelse',
  waiver: 'Frafalt',
  refund: 'Tilbakebetalt',
} as const;

/** Bokmål. */
export const NB: Words = {
  locale: 'nb-NO',
  titles: STEP_TITLES,
  labels: {
    orgnr: 'Org.nr.',
    to: 'Til',
    date: 'Dato',
    caseNumber: 'Vår sak',
    invoice: 'Fakturanummer',
    issued: 'Fakturadato',
    due: 'Forfall',
    pay: 'Å betale',
    deadline: 'Betalingsfrist',
    account: 'Til konto',
    reference: 'Merk betalingen med',
    currency: 'Valuta',
    kroner: 'norske kroner (NOK)',
    statement: 'Slik er kravet regnet ut (kroner)',
    sum: 'Sum å betale',
    principal: 'Hovedstol',
    interest: 'Forsinkelsesrente',
    fees: 'Gebyr',
    compensation: 'Kompensasjon',
    covered: 'Påløpt og dekket',
    regards: 'Vennlig hilsen',
  },
  longDate: (date) => `${Number(date.slice(8))}. ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`,
  boxDate: formatDate,
  join: joinNorwegian,
  claimName: (invoice, description) => `faktura ${invoice}${description === '' ? '' : ` (${description})`}`,
  reach: (ways) => `på ${ways.join(' eller ')}`,
  reachByLetter: (address) => `i brev til ${address}`,
  invoiceLine: (invoice, issued, due) =>
    `Faktura ${invoice}${issued === null ? '' : ` av ${issued}`}, forfall ${due}`,
  interestLine: (rate, base, period, days, yearDays) =>
    `${rate} av ${base}, ${period}: ${days === 1 ? '1 dag' : `${days} dager`} av ${yearDays}`,
  feeLine: (on, hjemmel) => `Gebyr for brev ${on} (${hjemmel})`,
  compensationLine: (halfYear, year, hjemmel) =>
    `I stedet for gebyr: standardkompensasjon, 40 euro etter satsen for ${halfYear}. halvår ${year} (${hjemmel})`,
  movement: (kind, on) => `${MOVEMENTS[kind]} ${on}`,
  dueMoved: (due, lastDay) =>
    `Forfallsdagen ${due} var ikke en virkedag. Betaling til og med ${lastDay} ville derfor vært i tide, og renten regnes ut fra det.`,
  cite: (hjemmel) => hjemmel,
  sentences: {
    alreadyPaid: /betalt i mellomtiden|(?:allerede|alt) betalt[^.]{0,60}se bort fra/i,
    inkassoWillFollow:
      /inkasso vil bli (?:satt i verk|iverksatt|satt i gang|igangsatt)|vil (?:vi )?(?:sette i verk|iverksette|sette i gang) inkasso/i,
    mayLeadToCosts:
      /\bkan (?:(?!ikke\b)[^\s.]+ ){0,4}(?:føre til|medføre) (?:(?!ikke\b)[^\s.]+ ){0,3}kostnader og rettslig inndriving/i,
    payOrObject:
      /\bbetale\b[^?!]{0,120}\beller\b.{0,40}\b(?:innsigelse|innsigelser|innvending|innvendinger)\b/i,
    handedOver:
      /\b(?:vil|kommer) (?:(?!ikke\b)[^\s.]+ ){0,4}(?:overlate|oversende|overføre) (?:(?!ikke\b)[^\s.]+ ){0,3}til (?:et )?(?:inkassoforetak|inkassobyrå)/i,
    enforcementNotice:
      /4-18.{0,200}(?:vil tvangsfullbyrdelse bli begjært|tvangsfullbyrdelse vil bli begjært)/i,
  },
};
