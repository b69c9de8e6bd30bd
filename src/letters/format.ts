import type { LocalDate } from '../law/dates.js';

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

/** A date in running text: `20. november 2026`. */
export function longDate(date: LocalDate): string {
  return `${Number(date.slice(8))}. ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** `12.25` as people write it: `12,25 %`. */
export function formatRate(rate: string): string {
  return `${rate.replace('.', ',')} %`;
}

/** The first letter large, for a sentence that begins with a word made small. */
export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
