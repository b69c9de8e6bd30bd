import { ANNOUNCEMENTS, bansFor, requirementsFor, type Statement } from '../law/letters.js';
import { refuse, type Refusal } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
import { wordsOf } from './languages.js';
import type { LetterView } from './view.js';

/**
 * What the reader must find for each statement, wherever its lines are broken; null where the letter has nothing of the
 * kind to state.
 */
function expected(
  statement: Statement,
  view: LetterView,
): string | RegExp | { readonly inCapitals: string } | null {
  switch (statement) {
    case 'creditorName':
      return view.creditor.name;
    case 'creditorOrgnr':
      return view.creditor.orgnr;
    case 'debtorName':
      return view.debtorName;
    case 'claimName':
      // It may begin a sentence.
      return { inCapitals: view.claimName.toUpperCase() };
    case 'due':
      return view.due;
    case 'principal':
      return view.statement[0]?.total ?? null;
    case 'interest':
      return view.interestRate === null ? null : figure(view.interest);
    case 'interestRate':
      return view.interestRate;
    case 'interestFrom':
      return view.interestFrom;
    case 'costs':
      return view.fee === null && view.step !== 'betalingsoppfordring' ? null : figure(view.costs);
    case 'total':
      return view.total;
    case 'deadline':
      return view.payment.deadline;
    case 'account':
      return view.payment.account;
    case 'reference':
      return view.payment.kid ?? view.payment.reference;
    case 'howToObject':
      return view.creditor.reach;
    case 'enforcementNotice':
      return view.next.namsmann ? wordsOf(view.language).sentences.enforcementNotice : null;
    case 'alreadyPaid':
    case 'inkassoWillFollow':
    case 'mayLeadToCosts':
    case 'payOrObject':
    case 'handedOver':
      return wordsOf(view.language).sentences[statement];
  }
}

/** A text that may be broken over lines anywhere, as a long name or address is. */
function loose(text: string): string {
  return [...text.replace(/\s+/g, '')].map(escape).join('\\s*');
}

/** An amount as it stands in the statement, without the unit, and not as the end of a larger one. */
function figure(amount: string): RegExp {
  return new RegExp(`(?<![\\d,.]|\\d )${escape(amount.replace(/ kr$/, ''))}(?!\\d)`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Words inside a sentence are set apart without a blank of their own. */
const INLINE = /<\/?(?:span|strong|em)\b[^>]*>/g;

/** The words a reader sees, from a letter's HTML. */
export function visibleText(html: string): string {
  const body = html.slice(html.indexOf('<body>')).replace(INLINE, '');
  return unescapeHtml(body.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  return text.replace(
    /&(?:#x([0-9a-f]+)|(amp|lt|gt|quot|nbsp));/gi,
    (_all, hex: string | undefined, name: string | undefined) =>
      hex !== undefined ? String.fromCodePoint(parseInt(hex, 16)) : (named[name ?? ''] ?? ''),
  );
}

/** Without blanks: where the lines of a sheet are broken says nothing. */
function bare(text: string): string {
  return text.replace(/\s+/g, '');
}

/**
 * Reads a finished letter as its reader would: null when it states what the Act asks and says nothing it forbids
 * (L4–L8), else what is wrong, with the paragraph.
 */
export function lintLetter(html: string, view: LetterView): Refusal | null {
  return lintText(visibleText(html), view);
}

/** The same for the words of the printed sheet. */
export function lintText(laidOut: string, view: LetterView): Refusal | null {
  const text = laidOut.replace(/\s+/g, ' ').trim();
  return whatIsMissing(text, view) ?? whatIsForbidden(text, view);
}

function whatIsMissing(text: string, view: LetterView): Refusal | null {
  const solid = bare(text);
  const says = (wanted: NonNullable<ReturnType<typeof expected>>): boolean => {
    if (typeof wanted === 'string') return solid.includes(bare(wanted));
    return wanted instanceof RegExp
      ? wanted.test(text)
      : solid.toUpperCase().includes(bare(wanted.inCapitals));
  };
  for (const { statement, rule } of requirementsFor(view.step)) {
    const wanted = expected(statement, view);
    if (wanted === null || says(wanted)) continue;
    return refuse(rule, `${STEP_TITLES[view.step]} mangler det loven krever: ${STATEMENT_WORDS[statement]}.`);
  }
  return null;
}

function whatIsForbidden(text: string, view: LetterView): Refusal | null {
  let own: string | null = null;
  // Taking the names out takes longer than all else that is done to word a letter, and leaves a blank for each: nothing
  // is said without them that is not said with them.
  const says = (pattern: RegExp): boolean =>
    pattern.test(text) && pattern.test((own ??= withoutNames(text, view)));
  for (const { pattern, rule, what } of bansFor(view.step)) {
    if (says(pattern)) return refuse(rule, `${STEP_TITLES[view.step]} kan ikke nevne ${what}.`);
  }
  for (const { pattern, route, what } of ANNOUNCEMENTS) {
    const intended = view.next[route] || (view.step === 'overdragelsesvarsel' && route === 'inkassobyraa');
    if (!intended && says(pattern))
      return refuse(
        'L4',
        `${STEP_TITLES[view.step]} kan ikke varsle ${what}: det er ikke neste skritt i saken.`,
      );
  }
  return null;
}

/** What the letter itself says: a party named after the police, or work done there, is no threat. */
export function withoutNames(text: string, view: LetterView): string {
  const { name, address, reach, contactLines } = view.creditor;
  const facts = view.facts.map((fact) => fact.value);
  const rows = view.statement.flatMap((group) => group.rows.map((row) => row.text));
  const parties = [view.debtorName, ...view.debtorLines, name, address, reach, ...contactLines];
  const given = [...parties, view.claimName, ...facts, ...rows];
  const names = given.map((words) => words.trim()).filter((words) => words !== '');
  return names.reduce(withoutName, text);
}

// Compiled once: a pattern for each name with these classes in it takes most of the time of making a letter.
const WORD_BEFORE = /[\p{L}\p{N}]$/iu;
const WORD_AFTER = /^[\p{L}\p{N}]/iu;

/** Takes a name out wherever it stands as words of its own. */
function withoutName(text: string, name: string): string {
  const pattern = new RegExp(loose(name), 'giu');
  let rest = '';
  let from = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { index } = found;
    const end = index + found[0].length;
    if (
      WORD_BEFORE.test(text.slice(Math.max(0, index - 2), index)) ||
      WORD_AFTER.test(text.slice(end, end + 2))
    ) {
      pattern.lastIndex = index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
      continue;
    }
    rest += `${text.slice(from, index)} `;
    from = end;
  }
  return rest + text.slice(from);
}

/** What each statement is called when it is missing. */
export const STATEMENT_WORDS: Readonly<Record<Statement, string>> = {
  creditorName: 'fordringshaverens navn',
  creditorOrgnr: 'fordringshaverens organisasjonsnummer',
  debtorName: 'skyldnerens navn',
  claimName: 'hva kravet gjelder',
  due: 'forfallsdatoen',
  principal: 'hovedstolen',
  interest: 'rentene i kroner',
  interestRate: 'rentesatsen',
  interestFrom: 'dagen renten regnes fra',
  costs: 'gebyret',
  total: 'beløpet å betale',
  deadline: 'betalingsfristen',
  account: 'kontonummeret',
  reference: 'KID eller det betalingen skal merkes med',
  howToObject: 'hvordan man sier fra om innsigelser',
  alreadyPaid: 'at brevet er uten betydning for den som har betalt',
  inkassoWillFollow: 'at inkasso vil bli satt i verk',
  mayLeadToCosts: 'at manglende betaling kan føre til ytterligere kostnader og rettslig inndriving',
  payOrObject: 'oppfordringen om å betale eller komme med innsigelser',
  enforcementNotice: 'varselet om at tvangsfullbyrdelse vil bli begjært (tvangsfullbyrdelsesloven § 4-18)',
  handedOver: 'at kravet vil bli overlatt til et inkassoforetak',
};
