import type { Language } from '../case/party.js';
import type { Movement } from '../case/case.js';
import type { LocalDate } from '../law/dates.js';
import type { Step } from '../law/steps.js';

/** What stands beside a figure. */
export interface Labels {
  readonly orgnr: string;
  readonly to: string;
  readonly date: string;
  readonly caseNumber: string;
  readonly invoice: string;
  readonly issued: string;
  readonly due: string;
  readonly pay: string;
  readonly deadline: string;
  readonly account: string;
  readonly reference: string;
  readonly currency: string;
  readonly kroner: string;
  readonly statement: string;
  readonly sum: string;
  readonly principal: string;
  readonly interest: string;
  readonly fees: string;
  readonly compensation: string;
  /** Interest that payments have covered, in a letter that claims none. */
  readonly covered: string;
  readonly regards: string;
}

/** A sentence the Act asks for, however it is worded. */
export type Sentence =
  'alreadyPaid' | 'inkassoWillFollow' | 'mayLeadToCosts' | 'payOrObject' | 'handedOver' | 'enforcementNotice';

/** Everything the letters say in one language outside the templates. */
export interface Words {
  /** BCP 47, for the page and the PDF. */
  readonly locale: string;
  readonly titles: Readonly<Record<Step, string>>;
  readonly labels: Labels;
  /** A date in running text. */
  longDate(date: LocalDate): string;
  /** The deadline in the payment box, where it must not be read as another day. */
  boxDate(date: LocalDate): string;
  join(parts: readonly string[]): string;
  claimName(invoice: string, description: string): string;
  /** How to reach the creditor, after "gi oss beskjed": by e-mail and telephone, or by letter. */
  reach(ways: readonly string[]): string;
  reachByLetter(address: string): string;
  invoiceLine(invoice: string, issued: string | null, due: string): string;
  interestLine(rate: string, base: string, period: string, days: number, yearDays: number): string;
  feeLine(on: string, hjemmel: string): string;
  compensationLine(halfYear: 1 | 2, year: string, hjemmel: string): string;
  movement(kind: Movement['kind'], on: string): string;
  /** D4: why the due date on the invoice is not the one interest is reckoned from. */
  dueMoved(due: string, lastDay: string): string;
  /** A citation, which the program keeps in bokmål, with the Act's name as it is known in the language. */
  cite(hjemmel: string): string;
  /** How the sentences the Act asks for are recognised. */
  readonly sentences: Readonly<Record<Sentence, RegExp>>;
}

/** `{ nb: …, nn: …, en: … }` for every language. */
export type ByLanguage<T> = Readonly<Record<Language, T>>;

/** Replaces each word of a table, longest first, so that none is replaced within another. */
export function exchange(text: string, table: Readonly<Record<string, string>>): string {
  const keys = Object.keys(table).sort((a, b) => b.length - a.length);
  return text.replace(
    new RegExp(`(?<![\\p{L}])(?:${keys.join('|')})(?![\\p{L}])`, 'gu'),
    (word) => table[word] ?? word,
  );
}
