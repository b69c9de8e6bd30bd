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
  | 'howToObject'
  | 'alreadyPaid'
  | 'inkassoWillFollow'
  | 'mayLeadToCosts'
  | 'payOrObject'
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
  ),
  overdragelsesvarsel: need('G1', 'handedOver'),
};

/** What a letter must state (L4–L7), by the paragraph that asks for it. */
export function requirementsFor(step: Step): readonly Requirement[] {
  return [...EVERY_LETTER, ...BY_STEP[step]];
}

/** L8: threats and third parties. */
const NEVER: readonly Ban[] = [
  { pattern: /arbeidsgiver|employer/i, rule: 'L8', what: 'arbeidsgiveren' },
  { pattern: /politi(et|anmeld)|\bpolice\b/i, rule: 'L8', what: 'politiet' },
  {
    pattern: /betalingsanmerkning|betalingsmerknad|kredittopplysning|credit (register|record|rating)/i,
    rule: 'L8',
    what: 'kredittopplysning',
  },
  { pattern: /inkassosal[æa]r/i, rule: 'F8', what: 'inkassosalær' },
];

/** L4: an inkassovarsel is not mixed up with a reminder. */
const NOT_IN_VARSEL: readonly Ban[] = [{ pattern: /purring/i, rule: 'L4', what: 'ordet «purring»' }];

/** What a letter must not say (L4, L8, F8). */
export function bansFor(step: Step): readonly Ban[] {
  return step === 'inkassovarsel' ? [...NEVER, ...NOT_IN_VARSEL] : NEVER;
}
