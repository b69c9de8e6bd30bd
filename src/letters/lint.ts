import { bansFor, requirementsFor, type Statement } from '../law/letters.js';
import { refuse, type Refusal } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
import type { LetterView } from './view.js';

/** What the reader must find for each statement; null where the letter has nothing of the kind to state. */
function expected(statement: Statement, view: LetterView): string | RegExp | null {
  switch (statement) {
    case 'creditorName':
      return view.creditor.name;
    case 'creditorOrgnr':
      return view.creditor.orgnr;
    case 'debtorName':
      return view.debtorLines[0] ?? null;
    case 'claimName':
      return new RegExp(escape(view.claimName.trim()).replace(/\s+/g, '\\s+'), 'i');
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
    case 'howToObject':
      return view.creditor.reach;
    case 'alreadyPaid':
      return /betalt i mellomtiden/i;
    case 'inkassoWillFollow':
      return /inkasso vil bli satt i verk/i;
    case 'mayLeadToCosts':
      return /kan det føre til ytterligere kostnader og rettslig inndriving/i;
    case 'payOrObject':
      return /betale .* eller komme med innsigelser/i;
    case 'handedOver':
      return /overlate kravet til et inkassoforetak/i;
  }
}

/** An amount as it stands in the statement, without the unit, and not as the end of a larger one. */
function figure(amount: string): RegExp {
  return new RegExp(`(?<![\\d,.]|\\d )${escape(amount.replace(/ kr$/, ''))}(?!\\d)`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The words a reader sees, from a letter's HTML. */
export function visibleText(html: string): string {
  const body = html.slice(html.indexOf('<body>'));
  return unescapeHtml(body.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(
    /&(?:#x([0-9a-f]+)|(amp|lt|gt|quot));/gi,
    (_all, hex: string | undefined, name: string | undefined) =>
      hex !== undefined ? String.fromCodePoint(parseInt(hex, 16)) : (named[name ?? ''] ?? ''),
  );
}

function says(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted.replace(/\s+/g, ' ').trim()) : wanted.test(text);
}

/**
 * Reads a finished letter as its reader would: null when it states what the Act asks and says nothing it forbids
 * (L4–L8), else what is wrong, with the paragraph.
 */
export function lintLetter(html: string, view: LetterView): Refusal | null {
  const text = visibleText(html);
  for (const { statement, rule } of requirementsFor(view.step)) {
    const wanted = expected(statement, view);
    if (wanted !== null && !says(text, wanted)) {
      return refuse(rule, `${STEP_TITLES[view.step]} mangler det loven krever: ${WORDS[statement]}.`);
    }
  }
  const own = withoutNames(text, view);
  for (const { pattern, rule, what } of bansFor(view.step)) {
    if (pattern.test(own)) return refuse(rule, `${STEP_TITLES[view.step]} kan ikke nevne ${what}.`);
  }
  return null;
}

/** What the letter itself says: a party named after the police, or work done there, is no threat. */
function withoutNames(text: string, view: LetterView): string {
  const { name, address, reach, contactLines } = view.creditor;
  const facts = view.facts.map((fact) => fact.value);
  const given = [...view.debtorLines, name, address, reach, ...contactLines, view.claimName, ...facts];
  const names = given.map((words) => words.replace(/\s+/g, ' ').trim()).filter((words) => words !== '');
  return names.reduce((rest, words) => rest.replace(new RegExp(escape(words), 'gi'), ' '), text);
}

const WORDS: Readonly<Record<Statement, string>> = {
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
  howToObject: 'hvordan man sier fra om innsigelser',
  alreadyPaid: 'at brevet er uten betydning for den som har betalt',
  inkassoWillFollow: 'at inkasso vil bli satt i verk',
  mayLeadToCosts: 'at manglende betaling kan føre til ytterligere kostnader og rettslig inndriving',
  payOrObject: 'oppfordringen om å betale eller komme med innsigelser',
  handedOver: 'at kravet vil bli overlatt til et inkassoforetak',
};
