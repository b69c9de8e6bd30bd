import type { Language } from '../case/party.js';
import { refuse, type Refusal } from '../law/rules.js';
import type { Step } from '../law/steps.js';
import { lintLetter } from './lint.js';
import { isBalanced, markupFault } from './markup.js';
import { SAMPLE_CREDITOR, sampleLetter } from './sample.js';
import {
  compileTemplates,
  takeApart,
  TemplateFault,
  type LetterTemplate,
  type TemplateSource,
} from './template.js';
import { letterView, type LetterView } from './view.js';

/** A letter's words as a user has written them. */
export interface OwnTemplate {
  readonly file: string;
  readonly text: string;
}

/** Why a user's template is not used: how it is written, or what the law asks of the letter. */
export interface TemplateProblem {
  readonly step: Step;
  readonly language: Language;
  readonly file: string;
  readonly kind: 'malformed' | 'unlawful';
  readonly refusal: Refusal;
}

/** The templates of one language, the user's own among them. */
export interface LetterTemplates {
  readonly template: LetterTemplate;
  readonly own: ReadonlyMap<Step, OwnTemplate>;
  /** Why the user's own template for a letter is not used; null when it is, or when there is none. */
  readonly problem: (step: Step) => TemplateProblem | null;
}

/** Names a template can fill in, and what each is. */
export const NAMES: Readonly<Record<string, string>> = {
  'creditor.name': 'navnet ditt',
  'creditor.address': 'adressen din',
  'creditor.orgnr': 'organisasjonsnummeret ditt',
  'creditor.reach': 'hvordan du nås: «på e-post eller telefon»',
  debtorName: 'skyldnerens navn',
  claimName: 'hva kravet gjelder: «faktura 1001 (taktekking)»',
  claimNameFirst: 'det samme først i en setning',
  date: 'brevets dato',
  due: 'forfallsdatoen',
  deadline: 'betalingsfristen',
  principal: 'hovedstolen',
  interest: 'rentene i kroner',
  costs: 'gebyrene til sammen',
  total: 'beløpet å betale',
  fee: 'gebyret for dette brevet',
  interestRate: 'rentesatsen nå',
  interestRates: 'alle satsene renten er regnet med',
  interestFrom: 'første dag med rente',
  interestTo: 'siste dag med rente',
  varselSent: 'da inkassovarselet ble sendt',
};

/** What a template can ask about with if and unless. The names of NAMES that may be missing are such questions too. */
export const CONDITIONS: Readonly<Record<string, string>> = {
  fee: 'brevet har gebyr',
  interestRate: 'det kreves rente',
  varselSent: 'det er sendt inkassovarsel',
  partlyPaid: 'noe er betalt',
  interestRuns: 'renten løper fortsatt',
  'next.betalingsoppfordring': 'neste brev er betalingsoppfordringen',
  'next.firstFee': 'neste brev gir det første gebyret',
  'next.newFee': 'neste brev gir et nytt gebyr',
  'next.namsmann': 'neste skritt er namsmannen',
  'next.forliksraad': 'neste skritt er forliksrådet',
  'next.inkassobyraa': 'neste skritt er inkassobyrå',
};

/** The condition each name that may be missing must stand under. */
const GUARDS: Readonly<Record<string, string>> = {
  fee: 'fee',
  interestRate: 'interestRate',
  interestRates: 'interestRate',
  interestFrom: 'interestRate',
  interestTo: 'interestRate',
  varselSent: 'varselSent',
};

/** Longer is no letter. */
const LONGEST = 20_000;

/** Joins the program's templates with the user's; one that must not be used is judged when its letter is to be made. */
export function letterTemplates(
  source: TemplateSource,
  own: ReadonlyMap<Step, OwnTemplate>,
  language: Language,
): LetterTemplates {
  const problems = new Map<Step, TemplateProblem>();
  const bodies: Record<Step, string> = { ...source.bodies };
  for (const [step, template] of own) {
    const problem = judgeTemplate(source, step, language, template);
    if (problem === null) bodies[step] = template.text;
    else problems.set(step, problem);
  }
  return {
    template: compileTemplates({ ...source, bodies }),
    own,
    problem: (step) => problems.get(step) ?? null,
  };
}

/** Whether a user's template may be used for a letter: how it is written, and every letter that can come of it. */
export function judgeTemplate(
  source: TemplateSource,
  step: Step,
  language: Language,
  { file, text }: OwnTemplate,
): TemplateProblem | null {
  const problem = (kind: TemplateProblem['kind'], refusal: Refusal): TemplateProblem => ({
    step,
    language,
    file,
    kind,
    refusal: { ...refusal, text: `Malen ${file} kan ikke brukes: ${refusal.text}` },
  });
  const fault = faultIn(text);
  if (fault !== null) return problem('malformed', refuse('L7', `${fault}.`));
  const template = compileTemplates({ ...source, bodies: { ...source.bodies, [step]: text } });
  for (const view of everyLetter(step, language, conditionsIn(text))) {
    const html = template.render(view);
    if (!isBalanced(html))
      return problem('malformed', refuse('L7', 'en kode åpnes uten å lukkes, eller omvendt.'));
    const refusal = lintLetter(html, view);
    if (refusal !== null) return problem('unlawful', refusal);
  }
  return null;
}

function faultIn(text: string): string | null {
  if (text.length > LONGEST) return `den er lengre enn ${LONGEST} tegn`;
  try {
    const { content, filled, conditions } = takeApart(text);
    for (const { name, under } of filled) {
      if (!Object.hasOwn(NAMES, name)) return `{{${name}}} er ikke noe brevet vet`;
      const guard = GUARDS[name];
      if (guard !== undefined && !under.includes(guard))
        return `{{${name}}} finnes ikke i alle brev, og må stå mellom {{#if ${guard}}} og {{/if}}`;
    }
    const unknown = conditions.find((name) => !Object.hasOwn(CONDITIONS, name));
    if (unknown !== undefined) return `{{#if ${unknown}}} er ikke noe malen kan spørre om`;
    return markupFault(content);
  } catch (fault) {
    if (fault instanceof TemplateFault) return fault.message;
    throw fault;
  }
}

function conditionsIn(text: string): ReadonlySet<string> {
  return new Set(takeApart(text).conditions);
}

/** What a letter lacks when the answer to a question is no. */
const ABSENT: Readonly<Record<string, Partial<LetterView>>> = {
  partlyPaid: { partlyPaid: false },
  interestRuns: { interestRuns: false },
  fee: { fee: null },
  varselSent: { varselSent: null },
  interestRate: { interestRate: null, interestRates: null, interestFrom: null, interestTo: null },
};

/** The same letter with every combination of what the template asks about. */
function* everyLetter(step: Step, language: Language, asked: ReadonlySet<string>): Generator<LetterView> {
  const view = fullView(step, language);
  const absent = Object.entries(ABSENT).flatMap(([name, changes]) => (asked.has(name) ? [changes] : []));
  for (const next of NEXT_STEPS.filter((one) => matters(one, asked))) {
    for (let bits = 0; bits < 1 << absent.length; bits += 1) {
      const lacks = absent.filter((_changes, bit) => (bits & (1 << bit)) !== 0);
      yield Object.assign({ ...view, next: { ...NOTHING_NEXT, ...next } }, ...lacks) as LetterView;
    }
  }
}

/** Besides what is asked about: nothing is next, and the namsmann, whom the law has a sentence for (L5). */
function matters(next: Partial<LetterView['next']>, asked: ReadonlySet<string>): boolean {
  const steps = Object.keys(next);
  return steps.length === 0 || 'namsmann' in next || steps.some((name) => asked.has(`next.${name}`));
}

const NOTHING_NEXT: LetterView['next'] = {
  betalingsoppfordring: false,
  firstFee: false,
  newFee: false,
  namsmann: false,
  forliksraad: false,
  inkassobyraa: false,
};

const NEXT_STEPS: readonly Partial<LetterView['next']>[] = [
  {},
  { betalingsoppfordring: true },
  { betalingsoppfordring: true, firstFee: true },
  { betalingsoppfordring: true, newFee: true },
  { namsmann: true },
  { forliksraad: true },
  { inkassobyraa: true },
];

/** A letter that has everything to say. */
function fullView(step: Step, language: Language): LetterView {
  const view = letterView(sampleLetter(step, SAMPLE_CREDITOR, language));
  const whole = letterView(sampleLetter('betalingsoppfordring', SAMPLE_CREDITOR, language));
  const { fee, varselSent, interestRate, interestRates, interestFrom, interestTo } = whole;
  return {
    ...view,
    partlyPaid: true,
    interestRuns: true,
    fee: view.fee ?? fee,
    varselSent,
    interestRate: view.interestRate ?? interestRate,
    interestRates: view.interestRates ?? interestRates,
    interestFrom: view.interestFrom ?? interestFrom,
    interestTo: view.interestTo ?? interestTo,
  };
}
