import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Letter } from '../../src/case/case.js';
import { claimOn } from '../../src/case/claim.js';
import type { Part } from '../../src/case/events.js';
import {
  decideCredit,
  decideDispute,
  decideRefund,
  decideResolve,
  decideWaive,
} from '../../src/case/life.js';
import type { Decided } from '../../src/case/decide.js';
import { limitationOf } from '../../src/case/case.js';
import type { Judgement } from '../../src/case/judgement.js';
import { POLICIES } from '../../src/case/policy.js';
import { explainClaim, explainLetter, type Explanation } from '../../src/case/why.js';
import { addDays, type LocalDate } from '../../src/law/dates.js';
import { day, kr, RATES, record, sent, Story, type ClaimInput, type JudgementInput } from '../support/law.js';

// The walker ---------------------------------------------------------------------------------------------------

/** Numerator ÷ denominator to the nearest whole number, half up, for positive fractions. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** `12.25` as 1225. */
function hundredths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
}

interface Row {
  readonly from: string;
  readonly value: string | null;
  readonly sources: readonly string[];
}

const files = new Map<string, readonly Row[]>();

/** The rows of a rate table, straight from its file. */
function rowsOf(table: string): readonly Row[] {
  const known = files.get(table);
  if (known !== undefined) return known;
  const path = new URL(`../../src/law/rates/${table}.json`, import.meta.url);
  const rows = (JSON.parse(readFileSync(path, 'utf8')) as { values: readonly Row[] }).values;
  files.set(table, rows);
  return rows;
}

/** A node as it comes out of the JSON: nothing is known of it but what it says. */
type Node = Explanation;

const RATE_TABLES: Partial<Record<Node['formula'], string>> = {
  interest: 'forsinkelsesrente',
  fee: 'inkassosats',
  compensation: 'standardkompensasjon',
};

/** The figure a node must have by its own inputs and children, in øre; a text where it cannot be computed. */
function recomputed({ formula, inputs, children }: Node): bigint | string {
  const whole = (name: string): bigint => BigInt(inputs[name] ?? 'missing');
  const below = children.map((child) => BigInt(child.amountOre));
  switch (formula) {
    case 'fact':
      return whole('amountOre');
    case 'sum':
      return below.reduce((all, one) => all + one, 0n);
    case 'max':
      return below.length < 2 ? 'a max of fewer than two' : below.reduce((a, b) => (a > b ? a : b));
    case 'interest': {
      const yearDays = whole('yearDays');
      if (yearDays !== 365n && yearDays !== 366n) return `a year of ${yearDays} days`;
      return halfUp(
        whole('baseOre') * hundredths(String(inputs['ratePercent'])) * whole('days'),
        10_000n * yearDays,
      );
    }
    case 'fee':
      return halfUp(whole('satsKroner') * whole('numerator'), whole('denominator')) * 100n;
    case 'compensation':
      return whole('kroner') * 100n;
  }
}

/** What a node's rate must be: a row of its table, with a source, and the figure the formula uses. */
function rateFaults({ formula, inputs, rate }: Node): string[] {
  const table = RATE_TABLES[formula];
  if (table === undefined) return rate === null ? [] : [`${formula} has a rate`];
  if (rate === null) return [`${formula} names no rate`];
  const used = { interest: inputs['ratePercent'], fee: inputs['satsKroner'], compensation: inputs['kroner'] }[
    formula as 'interest' | 'fee' | 'compensation'
  ];
  const row = rowsOf(table).find(({ from }) => from === rate.from);
  return [
    ...(rate.table === table ? [] : [`the rate of ${formula} is from ${rate.table}`]),
    ...(rate.value === used ? [] : [`${formula} uses ${String(used)}, not ${rate.value}`]),
    ...(rate.sources.length > 0 && rate.sources.every((source) => source.trim() !== '') ? [] : ['no source']),
    ...(row?.value === rate.value ? [] : [`${table} has no row ${rate.from} ${rate.value}`]),
    ...(JSON.stringify(row?.sources) === JSON.stringify(rate.sources)
      ? []
      : ['another source than the table']),
  ];
}

/** Recomputes a whole tree: every fault, with the path to it. */
function faults(node: Node, path = node.label): string[] {
  const amount = recomputed(node);
  const own = [
    ...(amount === BigInt(node.amountOre) ? [] : [`is ${node.amountOre}, must be ${String(amount)}`]),
    ...rateFaults(node),
    ...((node.rule === null) === (node.hjemmel === null) ? [] : ['rule without paragraph, or the reverse']),
    ...(node.formula === 'sum' || node.formula === 'max' || node.children.length === 0
      ? []
      : ['has children that count for nothing']),
    ...(node.rate !== null && node.rule === null ? ['a figure without a rule'] : []),
  ];
  return [
    ...own.map((fault) => `${path}: ${fault}`),
    ...node.children.flatMap((child) => faults(child, `${path} › ${child.label}`)),
  ];
}

/** The tree as a reader of `why --json` gets it. */
function fromJson(explanation: Explanation): Node {
  return JSON.parse(JSON.stringify(explanation)) as Node;
}

function nodes(node: Node): Node[] {
  return [node, ...node.children.flatMap(nodes)];
}

// Random cases -------------------------------------------------------------------------------------------------

type Action =
  | { readonly kind: 'run' }
  | { readonly kind: 'pay'; readonly share: number; readonly purpose: Part | null; readonly daysAgo: number }
  | { readonly kind: 'payInvoice' }
  | { readonly kind: 'credit'; readonly share: number }
  | { readonly kind: 'waive'; readonly what: 'fees' | 'interest' | 'amount'; readonly share: number }
  | { readonly kind: 'dispute'; readonly outcome: 'upheld' | 'partly' | 'rejected'; readonly share: number }
  | { readonly kind: 'refund' };

interface Plot {
  readonly claim: ClaimInput;
  readonly input: JudgementInput;
  readonly actions: readonly { readonly after: number; readonly action: Action }[];
  readonly asked: number;
}

const share = fc.integer({ min: 1, max: 130 });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Action>({ kind: 'run' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      share,
      purpose: fc.constantFrom<Part | null>(null, null, 'costs', 'interest', 'principal'),
      daysAgo: fc.integer({ min: 0, max: 20 }),
    }),
  },
  fc.constant<Action>({ kind: 'payInvoice' }),
  fc.record({ kind: fc.constant('credit' as const), share }),
  fc.record({
    kind: fc.constant('waive' as const),
    what: fc.constantFrom('fees' as const, 'interest' as const, 'amount' as const),
    share,
  }),
  fc.record({
    kind: fc.constant('dispute' as const),
    outcome: fc.constantFrom('upheld' as const, 'partly' as const, 'rejected' as const),
    share,
  }),
  fc.constant<Action>({ kind: 'refund' }),
);

const plot: fc.Arbitrary<Plot> = fc
  .record({
    dueAfter: fc.integer({ min: 0, max: 3800 }),
    amountOre: fc.oneof(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 5_001, max: 5_000_000 }),
      fc.integer({ min: 5_000_001, max: 100_000_000_000 }),
    ),
    compensation: fc.boolean(),
    policy: fc.constantFrom('standard' as const, 'mild' as const, 'fast' as const),
    interestCount: fc.constantFrom('dayAfterDue' as const, 'dueDay' as const),
    paymentOrder: fc.constantFrom<Part[]>(
      ['costs', 'interest', 'principal'],
      ['interest', 'costs', 'principal'],
      ['principal', 'interest', 'costs'],
    ),
    interestLater: fc.option(fc.integer({ min: 2, max: 60 })),
    history: fc.boolean(),
    actions: fc.array(fc.record({ after: fc.integer({ min: 0, max: 60 }), action }), { maxLength: 14 }),
    asked: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ dueAfter, amountOre, compensation, policy, interestLater, history, actions, asked, ...terms }) => {
    const due = addDays(day('2015-07-01'), dueAfter);
    const claim: ClaimInput = {
      due,
      amountOre,
      debtorType: compensation ? 'business' : 'consumer',
      charge: compensation ? 'compensation' : 'fees',
      interestFrom: interestLater === null ? null : addDays(due, 6 + interestLater),
      history: history ? [sent('purring', addDays(due, 25), addDays(due, 40), 70)] : [],
    };
    return { claim, input: { policy: POLICIES[policy], terms }, actions, asked };
  });

const LAST_KNOWN = day('2026-12-31');

/** Plays a plot, and tells after each step what happened. What the program refuses does not happen. */
function play(
  plot: Plot,
  after: (story: Story, today: LocalDate) => void = () => undefined,
): [Story, LocalDate] {
  const story = new Story(plot.claim, plot.input);
  let today = story.case.claim.effectiveDue;
  for (const { after: days, action } of plot.actions) {
    if (addDays(today, days) > LAST_KNOWN) break;
    today = addDays(today, days);
    perform(story, today, action);
    after(story, today);
  }
  const asked = addDays(today, plot.asked);
  return [story, asked > LAST_KNOWN ? LAST_KNOWN : asked];
}

function perform(story: Story, today: LocalDate, action: Action): void {
  const { amountOre } = story.case.claim;
  const part = (share: number): number => Math.max(1, Math.floor((amountOre * share) / 100));
  switch (action.kind) {
    case 'run':
      if (limitationOf(story.case) >= today) story.send(today, true);
      return;
    case 'pay': {
      const ago = addDays(today, -action.daysAgo);
      const date = ago < story.case.registeredOn ? story.case.registeredOn : ago;
      story.pay(part(action.share), date, action.purpose, today);
      return;
    }
    case 'payInvoice':
      story.pay(amountOre, today);
      return;
    case 'credit':
      happen(story, today, (j) =>
        decideCredit(j, { amountOre: part(action.share), noteNumber: null, date: today }, today),
      );
      return;
    case 'waive': {
      const amount = action.what === 'amount' ? part(action.share) : null;
      happen(story, today, (j) => decideWaive(j, { what: action.what, amountOre: amount }, today));
      return;
    }
    case 'dispute': {
      const { outcome, share } = action;
      happen(story, today, (j) => decideDispute(j, { reason: 'x', partOre: null, date: today }, today));
      const reducedOre = outcome === 'partly' ? part(Math.min(share, 90)) : null;
      const resolved = happen(story, today, (j) =>
        decideResolve(j, { outcome, reason: 'x', reducedOre }, today),
      );
      if (!resolved) {
        happen(story, today, (j) =>
          decideResolve(j, { outcome: 'withdrawn', reason: 'x', reducedOre: null }, today),
        );
      }
      return;
    }
    case 'refund': {
      const { terms, rates } = story.judgement;
      const { creditOre } = claimOn(story.case, today, terms, rates);
      if (creditOre > 0) happen(story, today, (j) => decideRefund(j, creditOre, today, today));
    }
  }
}

function happen(story: Story, today: LocalDate, decide: (j: Judgement) => Decided): boolean {
  const decided = decide(story.judgement);
  if (decided.ok) story.case = record(story.case, today, decided.events);
  return decided.ok;
}

function why(story: Story, date: LocalDate): Node {
  const { case: c, terms, rates } = story.judgement;
  return fromJson(explainClaim(c, claimOn(c, date, terms, rates), rates));
}

function letterTree(story: Story, letter: Letter): Node {
  return fromJson(explainLetter(story.case, letter, RATES));
}

describe('why: every krone is a tree that can be computed again', () => {
  it('holds for random claims, whatever has happened to them', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(plot, (facts) => {
        const [story, date] = play(facts);
        const { case: c, terms, rates } = story.judgement;
        const claim = claimOn(c, date, terms, rates);
        const tree = fromJson(explainClaim(c, claim, rates));
        expect(faults(tree)).toEqual([]);
        expect(tree.amountOre).toBe(claim.openOre);
        expect(tree.children.map((child) => [child.label, child.amountOre])).toEqual([
          ['Hovedstol', claim.principalOre],
          ['Forsinkelsesrente', claim.interestOre],
          ['Kostnader', claim.costsOre],
        ]);
        for (const { formula, inputs } of nodes(tree))
          seen.add(`${formula} ${inputs['yearDays'] ?? ''}`.trim());
        if (c.costsBarred) seen.add('barred');
      }),
      { numRuns: 300 },
    );
    // The cases are varied enough to have met every kind of figure.
    expect([...seen].sort()).toEqual(
      ['barred', 'compensation', 'fact', 'fee', 'interest 365', 'interest 366', 'max', 'sum'].sort(),
    );
  }, 120_000);

  it('accounts for every øre that came in: what is not in the tree is the debtor’s credit', () => {
    fc.assert(
      fc.property(plot, (facts) => {
        const waivers = facts.actions.filter(({ action }) => action.kind === 'waive');
        fc.pre(waivers.length === 0);
        const [story, date] = play(facts);
        const total = (kind: 'payment' | 'credit' | 'objection' | 'refund'): number =>
          story.case.movements.reduce(
            (all, m) => all + (m.kind === kind && m.on <= date ? m.amountOre : 0),
            0,
          );
        const used = nodes(why(story, date)).reduce(
          (all, { formula, amountOre }) => (formula === 'fact' && amountOre < 0 ? all - amountOre : all),
          0,
        );
        const { terms, rates } = story.judgement;
        const { creditOre } = claimOn(story.case, date, terms, rates);
        expect(used + creditOre).toBe(
          total('payment') + total('credit') + total('objection') - total('refund'),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('the walker sees one øre too much in any node, a rate without a source, and a wrong rate', () => {
    const story = new Story({
      due: '2023-12-15',
      amountOre: kr(10_000),
      debtorType: 'business',
      charge: 'compensation',
    });
    story.send('2024-01-02');
    story.pay(kr(500), '2024-03-01');
    const tree = why(story, day('2024-04-01'));
    expect(faults(tree)).toEqual([]);
    const all = nodes(tree);
    expect(all.length).toBeGreaterThan(10);
    for (const node of all) {
      const amount = node.amountOre;
      Object.assign(node, { amountOre: amount + 1 });
      expect(faults(tree), node.label).not.toEqual([]);
      Object.assign(node, { amountOre: amount });
      if (node.rate === null) continue;
      const { rate } = node;
      for (const wrong of [
        null,
        { ...rate, sources: [] },
        { ...rate, value: '99.00' },
        { ...rate, from: '1999' },
      ]) {
        Object.assign(node, { rate: wrong });
        expect(faults(tree), node.label).not.toEqual([]);
      }
      Object.assign(node, { rate });
    }
    expect(faults(tree)).toEqual([]);
  });
});

describe('why --letter: a letter as it was when it was made', () => {
  it('adds up to the letter, and does not change when more happens', () => {
    let letters = 0;
    fc.assert(
      fc.property(plot, (facts) => {
        const first = new Map<number, Node>();
        play(facts, (story) => {
          for (const letter of story.case.letters) {
            const tree = letterTree(story, letter);
            const before = first.get(letter.id);
            if (before === undefined) {
              letters += 1;
              expect(faults(tree)).toEqual([]);
              expect(tree.amountOre).toBe(letter.made.totalOre);
              expect(tree.children.map((child) => child.amountOre)).toEqual([
                letter.made.principalOre,
                letter.made.interestOre,
                letter.made.costsOre,
              ]);
              first.set(letter.id, tree);
            } else expect(tree).toEqual(before);
          }
        });
      }),
      { numRuns: 300 },
    );
    expect(letters).toBeGreaterThan(100);
  });

  it('is what `why` says of the claim that day, with the letter sent', () => {
    const story = new Story({ due: '2026-08-03', amountOre: kr(12_500) });
    story.sendDaily('2026-08-17', '2026-09-22');
    const [purring, varsel] = story.case.letters;
    if (purring === undefined || varsel === undefined) throw new Error('two letters are sent');
    expect(letterTree(story, purring).children).toEqual(why(story, purring.date).children);
    expect(letterTree(story, varsel).children).toEqual(why(story, varsel.date).children);
  });
});

describe('why: what the tree says', () => {
  /** Label and amount, indented. */
  function outline({ label, amountOre, children }: Node, depth = 0): string[] {
    return [
      `${'  '.repeat(depth)}${label}: ${amountOre}`,
      ...children.flatMap((child) => outline(child, depth + 1)),
    ];
  }

  it('principal, interest line by line, each fee, and where the payment went', () => {
    const story = new Story({ due: '2025-11-03', amountOre: kr(10_000) });
    story.send('2025-11-17');
    story.pay(kr(1_000), '2025-12-01', 'principal');
    story.send('2025-12-04');
    expect(outline(why(story, day('2026-01-31')))).toEqual([
      'Åpent 31.01.2026: 934632',
      '  Hovedstol: 900000',
      '    Faktura 1001, forfall 03.11.2025: 1000000',
      '    Innbetalt 01.12.2025: -100000',
      '  Forsinkelsesrente: 27632',
      '    04.11.2025–01.12.2025: 9397',
      '    02.12.2025–31.12.2025: 9062',
      '    01.01.2026–31.01.2026: 9173',
      '  Kostnader: 7000',
      '    Purring 17.11.2025: 3500',
      '    Inkassovarsel 04.12.2025: 3500',
    ]);
  });

  it('F9: the compensation and the fees side by side, and the larger counts', () => {
    const story = new Story({
      due: '2026-08-03',
      amountOre: kr(10_000),
      debtorType: 'business',
      charge: 'compensation',
    });
    story.sendDaily('2026-08-17', '2026-09-03');
    expect(outline(why(story, day('2026-09-03'))).slice(-6)).toEqual([
      '  Kostnader: 43000',
      '    Det største av kompensasjon og gebyr: 43000',
      '      Standardkompensasjon: 43000',
      '      Gebyr som ellers kunne vært krevd: 7600',
      '        Purring 17.08.2026: 3800',
      '        Inkassovarsel 03.09.2026: 3800',
    ]);
  });

  it('F9: fees that are larger than the compensation are claimed instead of it', () => {
    // 1/10, 1/10 and 3/10 of 700 kr: 350 kr. The compensation of the second half of 2015 is 330.
    const history = [
      sent('purring', '2026-01-15', '2026-01-30', 75),
      sent('inkassovarsel', '2026-02-10', '2026-02-25', 75),
      sent('betalingsoppfordring', '2026-03-10', '2026-03-25', 225),
    ];
    const story = new Story({
      due: '2015-08-03',
      amountOre: kr(10_000),
      debtorType: 'business',
      charge: 'compensation',
      history,
    });
    const tree = why(story, day('2026-04-01'));
    expect(tree.children[2]).toMatchObject({ label: 'Kostnader', amountOre: kr(375) });
    expect(faults(tree)).toEqual([]);
  });

  it('F10: no costs after a reasonable objection', () => {
    const story = new Story({ due: '2026-08-03', amountOre: kr(10_000) });
    story.send('2026-08-17');
    perform(story, day('2026-08-20'), { kind: 'dispute', outcome: 'partly', share: 50 });
    expect(outline(why(story, day('2026-08-20')))).toEqual([
      'Åpent 20.08.2026: 502853',
      '  Hovedstol: 500000',
      '    Faktura 1001, forfall 03.08.2026: 1000000',
      '    Falt bort etter innsigelse 20.08.2026: -500000',
      '  Forsinkelsesrente: 2853',
      '    04.08.2026–20.08.2026: 2853',
      '  Kostnader: 0',
    ]);
  });
});
