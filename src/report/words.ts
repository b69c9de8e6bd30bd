import { formatDate, type LocalDate } from '../law/dates.js';
import { STEP_TITLES } from '../law/steps.js';
import type { BucketKey } from './ageing.js';
import type { IncomeFigures, Movement } from './income.js';
import type { FunnelStep } from './kpi.js';
import type { Period } from './period.js';

// What the reports call things, in the terminal, in a spreadsheet and on the page alike.

/** Ages, where a title says that days are counted. */
export const BUCKET_WORDS: Readonly<Record<BucketKey, string>> = {
  notDue: 'Ikke forfalt',
  '1-30': '1–30',
  '31-60': '31–60',
  '61-90': '61–90',
  '91+': 'Over 90',
};

/** The same where nothing else says so. */
export function bucketInWords(key: BucketKey): string {
  return key === 'notDue' ? BUCKET_WORDS[key] : `${BUCKET_WORDS[key]} dager`;
}

export const INCOME_WORDS: Readonly<Record<keyof IncomeFigures, string>> = {
  feesOre: 'Gebyr krevd',
  compensationOre: 'Standardkompensasjon krevd',
  interestOre: 'Renter påløpt',
  forgoneOre: 'Frafalt, tapt eller falt bort',
  costsReceivedOre: 'Gebyr og kompensasjon innbetalt',
  interestReceivedOre: 'Renter innbetalt',
  recoveredOre: 'Gjenvunnet på tapsførte krav',
  receivedOre: 'Sum innbetalt inntekt',
};

/** In the order they add up. */
export const MOVEMENT_WORDS: Readonly<Record<keyof Movement, string>> = {
  openingOre: 'Utestående før perioden',
  claimedOre: '+ krevd',
  creditedOre: '− kreditert og frafalt',
  paidOre: '− innbetalt',
  lostOre: '− tapsført eller avsluttet',
  closingOre: 'Utestående etter perioden',
};

export const INCOME_KEYS = Object.keys(INCOME_WORDS) as (keyof IncomeFigures)[];
export const MOVEMENT_KEYS = Object.keys(MOVEMENT_WORDS) as (keyof Movement)[];

/** What a step of the funnel is called. */
export function funnelWord(step: FunnelStep['step']): string {
  if (step === 'due') return 'Forfalt';
  return step === 'handedOver' ? 'Overlatt til andre' : STEP_TITLES[step];
}

const NONE = '–';

/** "12,5": a number of any unit; a dash where there is nothing to count. */
export function decimal(value: number | null): string {
  return value === null ? NONE : String(value).replace('.', ',').replace('-', '−');
}

/** "12,5 %"; a dash where there is nothing to count. */
export function share(percent: number | null): string {
  return percent === null ? NONE : `${decimal(percent)} %`;
}

/** Percent of what was collected is øre per krone. */
export function perKrone(percent: number | null): string {
  return percent === null ? NONE : `${decimal(percent)} øre`;
}

/** "01.10.2026–31.10.2026". */
export function periodInWords({ from, to }: Period): string {
  return `${formatDate(from)}–${formatDate(to)}`;
}

const MONTHS = ['jan', 'feb', 'mars', 'apr', 'mai', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'des'];

/** "mars 2026" for `2026-03`. */
export function monthInWords(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

/** What a report says about its day. */
export function asOfNote(on: LocalDate): string {
  return `Viser alt som hadde skjedd til og med ${formatDate(on)}, også det som er registrert senere.`;
}
