import type { RuleId } from './rules.js';
import type { Step } from './steps.js';

/** What a letter can be required to state. Each is a figure, a date or a sentence the reader must find in it. */
export type Statement =
  | 'creditorName'
  | 'creditorOrgnr'
  | 'debtorName'
  | 'claimName'
  | 'due'
  | 'principal'
  | 'interest'
  | 'interestRate'
  | 'interestFrom'
  | 'costs'
  | 'total'
  | 'deadline'
  | 'account'
  | 'reference'
  | 'howToObject'
  | 'alreadyPaid'
  | 'inkassoWillFollow'
  | 'mayLeadToCosts'
  | 'payOrObject'
  | 'enforcementNotice'
  | 'handedOver';

export interface Requirement {
  readonly statement: Statement;
  readonly rule: RuleId;
}

export interface Ban {
  readonly pattern: RegExp;
  readonly rule: RuleId;
  readonly what: string;
}

const need = (rule: RuleId, ...statements: Statement[]): Requirement[] =>
  statements.map((statement) => ({ statement, rule }));

/** L7: every letter. */
const EVERY_LETTER = need(
  'L7',
  'creditorName',
  'creditorOrgnr',
  'debtorName',
  'claimName',
  'due',
  'principal',
  'total',
  'deadline',
  'account',
  'reference',
  'howToObject',
  'alreadyPaid',
);

const BY_STEP: Readonly<Record<Step, readonly Requirement[]>> = {
  paaminnelse: [],
  purring: need('L6', 'costs'),
  rentenota: need('L6', 'interest', 'interestRate', 'interestFrom'),
  inkassovarsel: need('L4', 'inkassoWillFollow', 'interestRate', 'interestFrom'),
  betalingsoppfordring: need(
    'L5',
    'interest',
    'interestRate',
    'interestFrom',
    'costs',
    'mayLeadToCosts',
    'payOrObject',
    'enforcementNotice',
  ),
  overdragelsesvarsel: need('G1', 'handedOver'),
};

/** What a letter must state (L4–L7), by the paragraph that asks for it. */
export function requirementsFor(step: Step): readonly Requirement[] {
  return [...EVERY_LETTER, ...BY_STEP[step]];
}

/** L8: threats, third parties and what concerns only the debtor's person – in every language of the letters. */
const NEVER: readonly Ban[] = [
  { pattern: /arbeidsgi(?:v|vj)er|arbeidsgjevar|employer/i, rule: 'L8', what: 'arbeidsgiveren' },
  { pattern: /politi(et|anmeld|meld)|\bpolice\b/i, rule: 'L8', what: 'politiet' },
  {
    pattern:
      /\banmelde|\bmelde til politi|straffesak|straffbar|fengsel|criminal|prosecut|\bjail\b|\bprison\b|\barrest/i,
    rule: 'L8',
    what: 'straff eller anmeldelse',
  },
  {
    pattern:
      /betalingsanmerkning|betalingsmerknad|kredittopplysn?ing|kredittverdig|svartelist|credit (register|record|rating|score|bureau|agency|history|worth)|blacklist/i,
    rule: 'L8',
    what: 'kredittopplysning',
  },
  {
    pattern:
      /\bnaboe?(r|ne|en|ane)\b|\bneighbou?r|familien? din|familiemedlem|your (?:family|relatives)|family member|next of kin|\bpårør[ae]nde\b/i,
    rule: 'L8',
    what: 'andre enn partene',
  },
  {
    pattern:
      /sykdom|sjukdom|helsetilstand|diagnos[ei]|fagforei?ning|religi|\billness|trade union|ethnic|etnisk/i,
    rule: 'L8',
    what: 'helse, tro eller andre særlige forhold',
  },
  { pattern: /konkurs|bankrupt|insolven/i, rule: 'L8', what: 'konkurs' },
  { pattern: /inkassosal[æa]r/i, rule: 'F8', what: 'inkassosalær' },
];

/** L4: an inkassovarsel is not mixed up with a reminder. */
const NOT_IN_VARSEL: readonly Ban[] = [{ pattern: /purring/i, rule: 'L4', what: 'ordet «purring»' }];

/** What a letter must not say (L4, L8, F8). */
export function bansFor(step: Step): readonly Ban[] {
  return step === 'inkassovarsel' ? [...NEVER, ...NOT_IN_VARSEL] : NEVER;
}

/** A step a letter may announce only where it is the one the creditor has chosen (L4). */
export interface Announcement {
  readonly pattern: RegExp;
  readonly route: 'inkassobyraa' | 'forliksraad' | 'namsmann';
  readonly what: string;
}

export const ANNOUNCEMENTS: readonly Announcement[] = [
  {
    pattern: /inkassobyrå|inkassof[oø]retak|debt collection (agency|company)/i,
    route: 'inkassobyraa',
    what: 'at kravet overlates til inkassobyrå',
  },
  { pattern: /forliksråd|conciliation board/i, route: 'forliksraad', what: 'sak for forliksrådet' },
  {
    pattern:
      /namsmann|tvangsfull|tvangsinndriv|utlegg|lønn?strekk|trekk i lønn?|enforcement (act|officer)|distrain|bailiff|\bwages\b/i,
    route: 'namsmann',
    what: 'tvangsfullbyrdelse',
  },
];
