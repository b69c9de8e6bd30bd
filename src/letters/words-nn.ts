import { formatDate } from '../law/dates.js';
import { joinNorwegian } from '../law/reference.js';
import { NB } from './words-nb.js';
import { exchange, type Words } from './words.js';

const MOVEMENTS = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  objection: 'Falle bort etter motsegn',
  waiver: 'Ettergjeve',
  refund: 'Tilbakebetalt',
} as const;

const LAWS = {
  inkassoloven: 'inkassolova',
  inkassoforskriften: 'inkassoforskrifta',
  forsinkelsesrenteloven: 'forseinkingsrentelova',
  'Lovavdelingens uttalelse': 'fråsegn frå Lovavdelinga',
};

/** Nynorsk. The names of the letters are those of the Act. */
export const NN: Words = {
  locale: 'nn-NO',
  titles: {
    paaminnelse: 'Påminning',
    purring: 'Purring',
    rentenota: 'Rentenota',
    inkassovarsel: 'Inkassovarsel',
    betalingsoppfordring: 'Betalingsoppfordring',
    overdragelsesvarsel: 'Varsel om overdraging',
  },
  labels: {
    ...NB.labels,
    reference: 'Merk betalinga med',
    statement: 'Slik er kravet rekna ut (kroner)',
    principal: 'Hovudstol',
    interest: 'Forseinkingsrente',
    covered: 'Renter som er dekte',
    regards: 'Venleg helsing',
  },
  longDate: NB.longDate.bind(NB),
  boxDate: formatDate,
  join: joinNorwegian,
  claimName: NB.claimName.bind(NB),
  reach: NB.reach.bind(NB),
  reachByLetter: NB.reachByLetter.bind(NB),
  invoiceLine: NB.invoiceLine.bind(NB),
  interestLine: (rate, base, period, days, yearDays) =>
    `${rate} av ${base}, ${period}: ${days === 1 ? '1 dag' : `${days} dagar`} av ${yearDays}`,
  feeLine: NB.feeLine.bind(NB),
  compensationLine: (halfYear, year, hjemmel) =>
    `I staden for gebyr: standardkompensasjon, 40 euro etter satsen for ${halfYear}. halvår ${year} (${hjemmel})`,
  movement: (kind, on) => `${MOVEMENTS[kind]} ${on}`,
  dueMoved: (due, lastDay) =>
    `Forfallsdagen ${due} var ikkje ein verkedag. Betaling til og med ${lastDay} ville difor ha vore i tide, og renta er rekna ut frå det.`,
  cite: (hjemmel) => exchange(hjemmel, LAWS),
  sentences: {
    alreadyPaid: /betalt i mellomtida|(?:allereie|alt) betalt[^.]{0,60}sjå bort frå/i,
    inkassoWillFollow:
      /inkasso vil bli (?:sett i verk|iverksett|sett i gang)|vil (?:vi )?(?:setje|sette) i (?:verk|gang) inkasso/i,
    mayLeadToCosts:
      /\bkan (?:(?!ikkje\b)[^\s.]+ ){0,4}(?:føre til|medføre) (?:(?!ikkje\b)[^\s.]+ ){0,3}kostnader og rettsleg inndriving/i,
    payOrObject: /\bbetale\b[^?!]{0,120}\beller\b.{0,40}\b(?:motsegn|motsegner|innvending|innvendingar)\b/i,
    handedOver:
      /\b(?:vil|kjem) (?:(?!ikkje\b)[^\s.]+ ){0,4}(?:overlate|sende over|overføre) (?:(?!ikkje\b)[^\s.]+ ){0,3}til (?:eit )?(?:inkassoføretak|inkassobyrå)/i,
    enforcementNotice:
      /4-18.{0,200}(?:vil (?:tvangsfullføring|tvangsfullbyrding) bli kravd|(?:tvangsfullføring|tvangsfullbyrding) vil bli kravd)/i,
  },
};
