import { unconfirmedLetter } from '../../src/case/case.js';
import { evolve } from '../../src/case/history.js';
import { decidePayment, decideSent, type Decided } from '../../src/case/decide.js';
import type { CaseEvent, EventBody, LetterGenerated } from '../../src/case/events.js';
import { decideLetter } from '../../src/case/letter-plan.js';
import { decideDispute, decideHold, decideNote } from '../../src/case/life.js';
import type { Judgement } from '../../src/case/judgement.js';
import { POLICIES } from '../../src/case/policy.js';
import { settingsSchema } from '../../src/case/settings-schema.js';
import { termsOf } from '../../src/case/settings.js';
import { claimOn } from '../../src/case/claim.js';
import { addDays, localDate, rollForward, type LocalDate } from '../../src/law/dates.js';
import { loadRates } from '../../src/law/rates.js';
import { TODAY } from './database.js';

/** What has become of a claim by the day that is measured. */
export type Fate = 'due' | 'paid' | 'waiting' | 'legal' | 'held' | 'disputed';

/** How often each is, of a hundred claims; those that are due today are so many as the measurement asks for. */
export const SHARES: Readonly<Record<Exclude<Fate, 'due'>, number>> = {
  paid: 70,
  waiting: 18,
  legal: 6,
  held: 3,
  disputed: 3,
};

const today = localDate(TODAY);
const settings = settingsSchema.parse({
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
});
const rates = loadRates();
const terms = termsOf(settings);

/** One life of a claim, by the program's own decisions, so that every copy of it is a true history. */
export interface Life {
  readonly judgement: Judgement;
  readonly events: readonly CaseEvent[];
}

/** A life that has come to this fate; `variant` sets its dates and amounts. Letters are numbered from 1 in each. */
export function lifeOf(fate: Fate, variant: number): Life {
  const life = new Living(fate, variant);
  if (fate === 'due') return life;
  if (fate === 'waiting') life.letters(1);
  if (fate === 'paid') {
    life.letters(2);
    life.pay(0.4);
    life.pay(1);
  }
  if (fate === 'legal') life.letters(3);
  if (fate === 'held') {
    life.letters(1);
    life.take((j, on) => decideHold(j, addDays(today, 10 + variant), `lovet oppgjør ${on}`, on));
  }
  if (fate === 'disputed') {
    life.letters(1);
    life.take((j, on) =>
      decideDispute(j, { reason: 'arbeidet er ikke ferdig', partOre: null, date: on }, on),
    );
  }
  while (life.events.length < 8) life.note();
  return life;
}

const DAYS_AGO: Readonly<Record<Fate, number>> = {
  due: 18,
  waiting: 30,
  paid: 250,
  legal: 200,
  held: 60,
  disputed: 120,
};

class Living implements Life {
  readonly events: CaseEvent[] = [];
  private day: LocalDate;
  private letter = 0;

  constructor(fate: Fate, variant: number) {
    const due =
      fate === 'due'
        ? localDate('2026-08-03')
        : rollForward(addDays(today, -DAYS_AGO[fate] - variant * (fate === 'waiting' ? 0 : 20)));
    this.day = addDays(due, 1);
    this.add(this.day, {
      type: 'claimRegistered',
      ...{ invoice: '', debtorId: 0, debtorType: 'consumer', amountOre: 50_000 + 12_345 * (variant + 1) },
      ...{ issued: addDays(due, -14), due, effectiveDue: due, description: 'maling av gjerde', kid: null },
      ...{ policy: 'standard', charge: 'fees', interestFrom: null, history: [], source: { kind: 'entered' } },
    });
  }

  get judgement(): Judgement {
    return { case: evolve(1, this.events), policy: POLICIES['standard'], terms, rates };
  }

  private add(happenedOn: LocalDate, body: EventBody): void {
    this.events.push({ ...body, version: this.events.length + 1, happenedOn, recordedOn: this.day });
  }

  take(decide: (j: Judgement, on: LocalDate) => Decided): void {
    const decided = decide(this.judgement, this.day);
    if (!decided.ok) throw new Error(decided.refusal.text);
    for (const { happenedOn, body } of decided.events) this.add(happenedOn, body);
  }

  note(): void {
    this.take((_j, on) => decideNote({ text: 'ringt og avtalt', byPhone: true, fact: null, date: on }, on));
  }

  pay(share: number): void {
    this.day = addDays(this.day, 5);
    this.take((j, on) => {
      const amountOre = Math.ceil(claimOn(j.case, on, terms, rates).openOre * share);
      return decidePayment(j, { amountOre, date: on, purpose: null, reference: null }, on);
    });
  }

  /** The next letters up the ladder, each made and sent on the first day it may be. */
  letters(count: number): void {
    for (let made = 0; made < count;) {
      if (this.day > today) throw new Error('the life goes past the day that is measured');
      const decision = decideLetter(this.judgement, this.day, { catchUp: true });
      if (decision.kind === 'letter') {
        this.send(decision.plan);
        made += 1;
      } else this.day = addDays(this.day, 1);
    }
  }

  private send({
    claim: _claim,
    date,
    ...plan
  }: Extract<ReturnType<typeof decideLetter>, { kind: 'letter' }>['plan']): void {
    this.letter += 1;
    const printed = {
      letter: this.letter,
      batch: 1,
      pdfSha256: '',
      pages: 1,
      templateSha256: '0'.repeat(64),
    };
    const made: LetterGenerated = { type: 'letterGenerated', ...plan, ...printed };
    this.add(date, made);
    const waiting = unconfirmedLetter(this.judgement.case);
    if (waiting === null) throw new Error('no letter');
    this.take((j, on) => decideSent(j, waiting, { on, channel: 'post', electronicBasis: null }));
  }
}
