import { expect } from 'vitest';
import type { Debtor } from '../../src/case/debtor.js';
import type { LetterPlan } from '../../src/case/letter-plan.js';
import { decideCredit, decideDispute, decideResolve } from '../../src/case/life.js';
import type { Decided } from '../../src/case/decide.js';
import type { Judgement } from '../../src/case/judgement.js';
import type { Language } from '../../src/case/party.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import { settingsSchema } from '../../src/case/settings-schema.js';
import type { Settings } from '../../src/case/settings.js';
import { withStyle } from '../../src/io/pdf-batch.js';
import { readTemplates } from '../../src/io/templates.js';
import { addDays } from '../../src/law/dates.js';
import { ladderPosition } from '../../src/law/procedure.js';
import type { Step } from '../../src/law/steps.js';
import { visibleText } from '../../src/letters/lint.js';
import { compileTemplates, type LetterTemplate } from '../../src/letters/template.js';
import { letterView, type LetterView } from '../../src/letters/view.js';
import { day, kr, ratesOf2027, record, Story, type ClaimInput, type JudgementInput } from './law.js';

export const CREDITOR = settingsSchema.parse({
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
  bic: 'DNBANOKK',
  contact: 'Berit Bakke',
  email: 'faktura@eksempel-elektro.example',
  phone: '22 00 00 00',
});

export const KARI: Debtor = {
  id: 1,
  name: 'Kari Nordmann',
  type: 'consumer',
  orgnr: null,
  address: 'Storgata 2',
  zip: '5003',
  city: 'Bergen',
  country: 'NO',
  email: null,
  phone: null,
  language: 'nb',
  electronicBasis: null,
  electronicOn: null,
  anonymisedOn: null,
};

export const BYGG: Debtor = {
  ...KARI,
  id: 2,
  name: 'Fjellvær Bygg AS',
  type: 'business',
  address: 'Fjellveien 3',
};

export const BATHROOM: ClaimInput = {
  due: '2026-08-03',
  amountOre: kr(12_500),
  issued: day('2026-07-20'),
  description: 'varmekabler på bad',
  kid: '0010017',
};

/** One letter by itself in a ladder, for the letters the shipped ladders come to late or never. */
const alone = (step: Step): Policy => ({
  name: step,
  steps: [{ step, wait: 14, fee: false, interest: true }],
});

const LADDERS: Readonly<Record<Step, Policy>> = {
  paaminnelse: POLICIES.mild,
  purring: POLICIES.standard,
  rentenota: { ...alone('rentenota'), steps: [{ step: 'rentenota', wait: 14, fee: true, interest: true }] },
  inkassovarsel: POLICIES.standard,
  betalingsoppfordring: POLICIES.standard,
  overdragelsesvarsel: alone('overdragelsesvarsel'),
};

export interface Situation {
  readonly claim?: Partial<ClaimInput>;
  readonly judgement?: JudgementInput;
  readonly debtor?: Partial<Debtor>;
  readonly settings?: Partial<Settings>;
  /** What happens, and when: as soon as the day is reached. */
  readonly happens?: readonly { readonly on: string; readonly what: (story: Story) => void }[];
  /** No letter before this day. */
  readonly from?: string;
  /** The letters it can happen to; all when not given. */
  readonly steps?: readonly Step[];
}

export function happen(story: Story, on: string, decide: (j: Judgement) => Decided): void {
  const decided = decide(story.judgement);
  if (!decided.ok) throw new Error(decided.refusal.text);
  story.case = record(story.case, day(on), decided.events);
}

const partialPayment = { on: '2026-08-05', what: (story: Story) => void story.pay(kr(5_000), '2026-08-05') };

const creditNote = {
  on: '2026-08-05',
  what: (story: Story) =>
    happen(story, '2026-08-05', (j) =>
      decideCredit(j, { amountOre: kr(1_000), noteNumber: 'K7', date: day('2026-08-05') }, day('2026-08-05')),
    ),
};

const resolvedDispute = {
  on: '2026-08-05',
  what: (story: Story) => {
    const on = day('2026-08-05');
    const reason = 'en kabel manglet';
    happen(story, on, (j) => decideDispute(j, { reason, partOre: null, date: on }, on));
    happen(story, on, (j) => decideResolve(j, { outcome: 'partly', reason, reducedOre: kr(2_500) }, on));
  },
};

const LATER: readonly Step[] = ['purring', 'rentenota', 'inkassovarsel', 'betalingsoppfordring'];

/** What can be special about a claim, one thing at a time. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  forbruker: {},
  bedrift: { claim: { debtorType: 'business', description: null }, debtor: BYGG },
  kompensasjon: {
    claim: { debtorType: 'business', charge: 'compensation' },
    debtor: BYGG,
    steps: [...LATER, 'overdragelsesvarsel'],
  },
  delbetalt: { happens: [partialPayment] },
  kreditert: { happens: [creditNote] },
  'uten-kid': { claim: { kid: null, issued: null } },
  utland: {
    claim: { kid: null },
    debtor: {
      ...BYGG,
      name: 'Östra Ärlighetsgränden Förvaltnings AB',
      address: 'Box 1234',
      zip: '411 04',
      city: 'Göteborg',
      country: 'SE',
    },
  },
  'langt-navn': {
    debtor: {
      name: `Stiftelsen til fremme av ${'lange og omstendelige '.repeat(10)}navn i Norge`,
      address: 'c/o Regnskapsavdelingen i tredje etasje\nStorgata 2',
    },
  },
  'lang-oppstilling': {
    claim: { due: '2022-02-14', issued: day('2022-01-31') },
    from: '2026-08-10',
    happens: [{ on: '2024-02-01', what: (story) => void story.pay(kr(500), '2024-02-01') }],
    steps: [...LATER, 'overdragelsesvarsel'],
  },
  'etter-innsigelse': { happens: [resolvedDispute] },
  'flyttet-forfall': { claim: { due: '2026-08-01' } },
  'ny-lov': {
    claim: { due: '2027-01-11', issued: day('2026-12-28') },
    judgement: { rates: ratesOf2027('2026') },
    steps: ['paaminnelse', 'purring', 'rentenota', 'overdragelsesvarsel'],
  },
  namsmann: {
    settings: { nextStep: 'namsmann' },
    judgement: { terms: { deadlineDays: 30 } },
    steps: ['betalingsoppfordring'],
  },
  inkassobyraa: {
    settings: { nextStep: 'inkassobyraa' },
    claim: { debtorType: 'business' },
    debtor: BYGG,
    steps: ['betalingsoppfordring'],
  },
  'rente-for-resten': {
    judgement: { policy: POLICIES.standard, terms: { afterPrincipal: 'rentenota' } },
    happens: [{ on: '2026-09-02', what: (story) => void story.pay(kr(12_500), '2026-09-02') }],
    steps: ['rentenota'],
  },
};

export function situationsFor(step: Step): string[] {
  return Object.entries(SITUATIONS)
    .filter(([, situation]) => situation.steps?.includes(step) ?? true)
    .map(([name]) => name);
}

export interface Printed {
  readonly story: Story;
  readonly plan: LetterPlan;
  readonly view: LetterView;
  readonly html: string;
}

const templates = new Map<Language, LetterTemplate>();

export function templateOf(language: Language): LetterTemplate {
  const known = templates.get(language) ?? compileTemplates(readTemplates(language));
  templates.set(language, known);
  return known;
}

/** The first letter of a kind that comes in a situation, worded the way the daily run words it. */
export function letterIn(step: Step, name: string, language: Language, more: Situation = {}): Printed {
  const situation = { ...SITUATIONS[name], ...more };
  const claim = { ...BATHROOM, ...situation.claim };
  const story = new Story(claim, { policy: LADDERS[step], ...situation.judgement });
  let waiting = [...(situation.happens ?? [])];
  for (let today = day(claim.due), left = 2000; left > 0; today = addDays(today, 1), left -= 1) {
    for (const { what } of waiting.filter(({ on }) => on === today)) what(story);
    waiting = waiting.filter(({ on }) => on !== today);
    if (today < (situation.from ?? today)) continue;
    const decision = story.decide(today, true);
    if (decision.kind === 'blocked') throw decision.fault;
    if (decision.kind === 'held') continue;
    if (decision.plan.step !== step || waiting.length > 0) story.send(today, true);
    else return worded(story, decision.plan, language, situation);
  }
  throw new Error(`no ${step} in ${name}`);
}

/** The letter of a plan, worded the way the daily run words it. */
export function worded(story: Story, plan: LetterPlan, language: Language, situation: Situation): Printed {
  const { case: c, policy } = story.judgement;
  const asSent = { step: plan.step, sentOn: plan.date, deadline: plan.deadline, feeOre: 0 };
  const following = policy.steps[ladderPosition(policy.steps, [asSent])] ?? null;
  const debtor = { ...KARI, ...situation.debtor, language };
  const settings = { ...CREDITOR, ...situation.settings };
  const view = letterView({ case: c, plan, debtor, settings, kid: c.claim.kid, following });
  const template = templateOf(language);
  const html = template.render(view);
  return { story, plan, view, html: withStyle(html, template.styleOf(html)) };
}

/** A letter as text: one block on a line, the two columns of a table kept apart. */
export function asText(html: string): string {
  const words = (part: string): string => visibleText(`<body>${part}`);
  const body = html.slice(html.indexOf('<body>') + '<body>'.length);
  const lines = body.split(/<\/(?:div|tr|dd|p|h1|caption)>|<br>/).map((block) => {
    const [left = '', right] = block.split(/<\/(?:th|td|dt)>\s*<(?:td|dd)[^>]*>/).map(words);
    return right === undefined || right === '' ? left : `${left.padEnd(96)} ${right}`;
  });
  const text = `${lines.filter((line) => line !== '').join('\n')}\n`;
  expect(text.replace(/\s+/g, ' ').trim()).toBe(visibleText(html));
  return text;
}
