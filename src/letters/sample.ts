import type { Case } from '../case/case.js';
import { evolve } from '../case/history.js';
import type { Debtor } from '../case/debtor.js';
import { decideLetter, type LetterPlan } from '../case/letter-plan.js';
import type { Judgement } from '../case/judgement.js';
import { makeKid } from '../case/kid.js';
import type { Language } from '../case/party.js';
import type { Policy } from '../case/policy.js';
import { termsOf, type Settings } from '../case/settings.js';
import { STARTING_SETTINGS } from '../case/starting-settings.js';
import { localDate } from '../law/dates.js';
import { ladderPosition } from '../law/procedure.js';
import { loadRates } from '../law/rates.js';
import type { SentLetter, Step } from '../law/steps.js';
import type { LetterInput } from './view.js';

/** A creditor for letters that are only looked at. */
export const SAMPLE_CREDITOR: Settings = {
  ...STARTING_SETTINGS,
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
  email: 'faktura@eksempel-elektro.example',
  phone: '22 00 00 00',
};

const DUE = localDate('2026-08-03');

function earlier(step: Step, sentOn: string, deadline: string, kroner: number): SentLetter {
  return { step, sentOn: localDate(sentOn), deadline: localDate(deadline), feeOre: kroner * 100 };
}

const PURRING = earlier('purring', '2026-08-17', '2026-08-31', 38);
const VARSEL = earlier('inkassovarsel', '2026-09-04', '2026-09-18', 38);

/** What has been sent before each letter, and the day it is made. */
const BEFORE: Readonly<Record<Step, { readonly history: readonly SentLetter[]; readonly on: string }>> = {
  paaminnelse: { history: [], on: '2026-08-10' },
  purring: { history: [], on: '2026-08-17' },
  rentenota: { history: [PURRING], on: '2026-09-07' },
  inkassovarsel: { history: [PURRING], on: '2026-09-07' },
  betalingsoppfordring: { history: [PURRING, VARSEL], on: '2026-09-28' },
  overdragelsesvarsel: { history: [PURRING], on: '2026-09-07' },
};

/** A letter about a made-up claim, with the creditor's own name and choices. @throws Error where the law gives none */
export function sampleLetter(step: Step, settings: Settings, language: Language): LetterInput {
  const { history, on } = BEFORE[step];
  const c = sampleCase(history);
  const terms = { ...termsOf(settings), graceDays: 1, newFeesAfterSixMonths: false };
  const judgement: Judgement = { case: c, policy: sampleLadder(step, history), terms, rates: loadRates() };
  const decision = decideLetter(judgement, localDate(on), { catchUp: true });
  if (decision.kind !== 'letter') throw new Error(`the sample ${step} is ${decision.kind}`);
  const { plan } = decision;
  const kid = settings.kid === null ? null : makeKid(settings.kid, c.number, () => false);
  const debtor = sampleDebtor(language);
  return { case: c, plan, debtor, settings, kid, following: following(judgement, plan) };
}

function following({ policy }: Judgement, { step, date, deadline }: LetterPlan): LetterInput['following'] {
  return policy.steps[ladderPosition(policy.steps, [{ step, sentOn: date, deadline, feeOre: 0 }])] ?? null;
}

function sampleLadder(step: Step, history: readonly SentLetter[]): Policy {
  const after: readonly Step[] = step === 'inkassovarsel' ? ['betalingsoppfordring'] : [];
  const steps = [...history.map((letter) => letter.step), step, ...after];
  const free = (one: Step): boolean => one === 'paaminnelse' || one === 'overdragelsesvarsel';
  return {
    name: 'eksempel',
    steps: steps.map((one) => ({ step: one, wait: 0, fee: !free(one), interest: one !== 'paaminnelse' })),
  };
}

function sampleCase(history: readonly SentLetter[]): Case {
  return evolve(1, [
    {
      type: 'claimRegistered',
      invoice: '1001',
      debtorId: 1,
      debtorType: 'consumer',
      amountOre: 1_250_000,
      issued: localDate('2026-07-20'),
      due: DUE,
      effectiveDue: DUE,
      description: 'varmekabler på bad',
      kid: null,
      policy: 'eksempel',
      charge: 'fees',
      interestFrom: null,
      history,
      source: { kind: 'entered' },
      version: 1,
      happenedOn: DUE,
      recordedOn: DUE,
    },
  ]);
}

function sampleDebtor(language: Language): Debtor {
  return {
    id: 1,
    name: 'Kari Fiktiv',
    type: 'consumer',
    orgnr: null,
    address: 'Storgata 2',
    zip: '5003',
    city: 'Bergen',
    country: 'NO',
    email: null,
    phone: null,
    language,
    electronicBasis: null,
    electronicOn: null,
    anonymisedOn: null,
  };
}
