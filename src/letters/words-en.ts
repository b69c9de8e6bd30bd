import { formatDate, type LocalDate } from '../law/dates.js';
import { exchange, type Words } from './words.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const MOVEMENTS = {
  payment: 'Payment received',
  credit: 'Credited',
  objection: 'Removed after the objection (innsigelse)',
  waiver: 'Waived',
  refund: 'Refunded',
} as const;

const LAW_WORDS = {
  'første ledd': 'first paragraph',
  'andre ledd': 'second paragraph',
  'tredje ledd': 'third paragraph',
  'fjerde ledd': 'fourth paragraph',
  'Lovavdelingens uttalelse': 'statement by Lovavdelingen',
  og: 'and',
};

function longDate(date: LocalDate): string {
  return `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** English, with the Norwegian legal term where there is one. */
export const EN: Words = {
  locale: 'en-GB',
  titles: {
    paaminnelse: 'Friendly reminder (påminnelse)',
    purring: 'Reminder (purring)',
    rentenota: 'Interest note (rentenota)',
    inkassovarsel: 'Notice of debt collection (inkassovarsel)',
    betalingsoppfordring: 'Demand for payment (betalingsoppfordring)',
    overdragelsesvarsel: 'Notice of transfer to debt collection (varsel om overdragelse)',
  },
  labels: {
    orgnr: 'Norwegian company no. (org.nr.)',
    to: 'To',
    date: 'Date',
    caseNumber: 'Our case no.',
    invoice: 'Invoice number',
    issued: 'Invoice date',
    due: 'Due date',
    pay: 'Amount to pay',
    deadline: 'Pay by',
    account: 'To account',
    reference: 'Payment reference',
    currency: 'Currency',
    kroner: 'Norwegian kroner (NOK)',
    statement: 'How the claim is calculated (Norwegian kroner)',
    sum: 'Total to pay',
    principal: 'Principal (hovedstol)',
    interest: 'Late payment interest (forsinkelsesrente)',
    fees: 'Fees (gebyr)',
    compensation: 'Compensation (standardkompensasjon)',
    covered: 'Accrued and covered',
    regards: 'Yours faithfully',
  },
  longDate,
  // The short form reads as another day in many countries, and is the one Norwegian banks ask for.
  boxDate: (date) => `${longDate(date)} (${formatDate(date)})`,
  join: (parts) =>
    parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`,
  claimName: (invoice, description) => `invoice ${invoice}${description === '' ? '' : ` (${description})`}`,
  reach: (ways) => `at ${ways.join(' or ')}`,
  reachByLetter: (address) => `by letter to ${address}`,
  invoiceLine: (invoice, issued, due) =>
    `Invoice ${invoice}${issued === null ? '' : ` of ${issued}`}, due ${due}`,
  interestLine: (rate, base, period, days, yearDays) =>
    `${rate} of ${base}, ${period}: ${days === 1 ? '1 day' : `${days} days`} of ${yearDays}`,
  feeLine: (on, hjemmel) => `Fee for letter of ${on} (${hjemmel})`,
  compensationLine: (halfYear, year, hjemmel) =>
    `Instead of fees: standard compensation, EUR 40 at the rate for the ${halfYear === 1 ? 'first' : 'second'} half of ${year} (${hjemmel})`,
  movement: (kind, on) => `${MOVEMENTS[kind]} ${on}`,
  dueMoved: (due, lastDay) =>
    `The due date ${due} was not a working day in Norway. Payment up to and including ${lastDay} would therefore have been in time, and interest is calculated accordingly.`,
  cite: (hjemmel) => exchange(hjemmel, LAW_WORDS),
  sentences: {
    alreadyPaid: /paid in the meantime|already (?:been )?paid[^.]{0,60}disregard/i,
    inkassoWillFollow:
      /(?:debt )?collection(?: proceedings)? \(inkasso\) will be (?:initiated|commenced|started)|will (?:initiate|commence|start) debt collection/i,
    mayLeadToCosts:
      /\bmay (?:(?!not\b)[^\s.]+ ){0,3}(?:lead to|result in|entail) (?:(?!not\b)[^\s.]+ ){0,3}costs and legal enforcement/i,
    payOrObject: /\bpay\b[^?!]{0,120}\bor\b.{0,60}\bobject(?:ion|ions)?\b/i,
    handedOver:
      /\b(?:will|shall) (?:(?!not\b)[^\s.]+ ){0,3}(?:hand|transfer|pass) (?:(?!not\b)[^\s.]+ ){0,4}to a (?:licensed )?debt collection (?:company|agency)/i,
    enforcementNotice: /4-18.{0,260}(?:enforcement[^.]{0,40}will be (?:applied for|requested|made))/i,
  },
};
