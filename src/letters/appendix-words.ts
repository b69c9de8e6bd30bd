import type { Subject } from '../case/why.js';
import type { ByLanguage } from './words.js';

/** What the appendix calls a figure that needs no date: the others are named by the words of the statement. */
type Plain = 'costs' | 'feesInstead' | 'larger' | 'coveredBefore';

export interface AppendixWords {
  readonly title: string;
  /** What the appendix is to, first on its page. */
  intro(letter: string, date: string, claim: string): string;
  readonly total: string;
  readonly plain: Readonly<Record<Extract<Subject['kind'], Plain>, string>>;
  feeOf(on: string): string;
  /** A fee of a letter sent before the program knew the claim. */
  feeBefore(on: string): string;
  days(days: string, yearDays: string): string;
  wholeKroner(formula: string): string;
  /** What the rates of each table are. */
  readonly rates: Readonly<Record<string, string>>;
  readonly from: string;
  readonly source: string;
  readonly ground: string;
}

export const APPENDIX: ByLanguage<AppendixWords> = {
  nb: {
    title: 'Vedlegg: renter og kostnader',
    intro: (letter, date, claim) =>
      `Her står hvordan hvert beløp i brevet «${letter}» av ${date} om ${claim} er regnet ut.`,
    total: 'Sum å betale',
    plain: {
      costs: 'Kostnader',
      feesInstead: 'Gebyr som ellers kunne vært krevd',
      larger: 'Det største av kompensasjon og gebyr',
      coveredBefore: 'Innbetalt eller frafalt før brevet',
    },
    feeOf: (on) => `Gebyr for brev ${on}`,
    feeBefore: (on) => `Gebyr for brev ${on}, slik det er registrert`,
    days: (days, yearDays) => `${days} av ${yearDays} dager`,
    wholeKroner: (formula) => `${formula}, avrundet til hele kroner`,
    rates: { forsinkelsesrente: 'Rentesats', inkassosats: 'Inkassosats', standardkompensasjon: 'Sats' },
    from: 'fra',
    source: 'kilde',
    ground: 'Hjemmel',
  },
  nn: {
    title: 'Vedlegg: renter og kostnader',
    intro: (letter, date, claim) =>
      `Her står det korleis kvart beløp i brevet «${letter}» av ${date} om ${claim} er rekna ut.`,
    total: 'Sum å betale',
    plain: {
      costs: 'Kostnader',
      feesInstead: 'Gebyr som elles kunne ha vore kravde',
      larger: 'Det største av kompensasjon og gebyr',
      coveredBefore: 'Innbetalt eller ettergjeve før brevet',
    },
    feeOf: (on) => `Gebyr for brev ${on}`,
    feeBefore: (on) => `Gebyr for brev ${on}, slik det er registrert`,
    days: (days, yearDays) => `${days} av ${yearDays} dagar`,
    wholeKroner: (formula) => `${formula}, avrunda til heile kroner`,
    rates: { forsinkelsesrente: 'Rentesats', inkassosats: 'Inkassosats', standardkompensasjon: 'Sats' },
    from: 'frå',
    source: 'kjelde',
    ground: 'Heimel',
  },
  en: {
    title: 'Appendix: interest and costs',
    intro: (letter, date, claim) =>
      `This shows how each amount in the letter “${letter}” of ${date} concerning ${claim} has been calculated.`,
    total: 'Total to pay',
    plain: {
      costs: 'Costs (kostnader)',
      feesInstead: 'Fees that could have been claimed instead',
      larger: 'The larger of compensation and fees',
      coveredBefore: 'Paid or waived before the letter',
    },
    feeOf: (on) => `Fee for letter of ${on}`,
    feeBefore: (on) => `Fee for letter of ${on}, as registered`,
    days: (days, yearDays) => `${days} of ${yearDays} days`,
    wholeKroner: (formula) => `${formula}, rounded to whole kroner`,
    rates: {
      forsinkelsesrente: 'Rate of interest',
      inkassosats: 'Debt collection base rate (inkassosats)',
      standardkompensasjon: 'Rate',
    },
    from: 'from',
    source: 'source',
    ground: 'Legal basis',
  },
};
