import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Debtor } from '../../src/case/debtor.js';
import { decideCredit, decideDispute, decidePlan, decideResolve } from '../../src/case/life.js';
import { payments } from '../../src/case/case.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import type { Settings } from '../../src/case/settings.js';
import { formatDate } from '../../src/law/dates.js';
import { lintLetter, visibleText } from '../../src/letters/lint.js';
import { day, kr, ratesOf2027, sent, Story, type ClaimInput, type JudgementInput } from '../support/law.js';
import { asText, BATHROOM, BYGG, happen, KARI, worded, type Printed } from '../support/letters.js';

/** The same, from one business to another, without a KID. */
const OFFICE: ClaimInput = { ...BATHROOM, kid: null, debtorType: 'business', description: null };

// Letters ----------------------------------------------------------------------------------------------------------

interface Parties {
  readonly debtor?: Debtor;
  readonly settings?: Partial<Settings>;
}

/** The letter of a day, worded the way the daily run words it. */
function print(story: Story, today: string, { debtor = KARI, settings = {} }: Parties = {}): Printed {
  const decision = story.decide(today);
  if (decision.kind !== 'letter') throw new Error(`no letter on ${today}`);
  return worded(story, decision.plan, 'nb', { debtor, settings });
}

/** A story whose letters up to a day are sent, each on its first day. */
function told(claim: ClaimInput, from: string, through: string, input: JudgementInput = {}): Story {
  const story = new Story(claim, input);
  story.sendDaily(from, through);
  return story;
}

const SHORT: Policy = {
  name: 'kort',
  steps: [
    { step: 'purring', wait: 14, fee: true, interest: true },
    { step: 'inkassovarsel', wait: 0, fee: true, interest: true },
  ],
};

const SITUATIONS: Readonly<Record<string, () => Printed>> = {
  'paaminnelse-forbruker': () => print(new Story(BATHROOM, { policy: POLICIES.mild }), '2026-08-10'),

  'paaminnelse-delbetalt': () => {
    const story = new Story(BATHROOM, { policy: POLICIES.mild });
    story.pay(kr(5_000), '2026-08-05', 'principal');
    return print(story, '2026-08-10');
  },

  'purring-forbruker': () => print(new Story(BATHROOM), '2026-08-17'),

  'purring-uten-kid-og-telefon': () =>
    print(new Story({ ...BATHROOM, kid: null, description: null, issued: null }), '2026-08-17', {
      settings: { email: null, phone: null, contact: null },
    }),

  'purring-delbetalt': () => {
    const story = new Story(BATHROOM);
    story.pay(kr(5_000), '2026-08-12');
    return print(story, '2026-08-17');
  },

  'purring-kompensasjon': () =>
    print(new Story({ ...OFFICE, charge: 'compensation' }), '2026-08-17', { debtor: BYGG }),

  'purring-mild-delbetalt': () => {
    const story = told(BATHROOM, '2026-08-10', '2026-08-10', { policy: POLICIES.mild });
    story.pay(kr(5_000), '2026-08-20');
    return print(story, '2026-08-27');
  },

  'purring-for-tidlig-for-gebyr': () => {
    const early: Policy = {
      name: 'tidlig',
      steps: [{ step: 'purring', wait: 3, fee: true, interest: true }, ...POLICIES.standard.steps.slice(1)],
    };
    return print(new Story(BATHROOM, { policy: early }), '2026-08-10');
  },

  // Interest over two half-years and a new year, and the second fee.
  'rentenota-over-nyttaar': () => {
    const claim = { ...BATHROOM, due: '2025-11-17', issued: day('2025-11-03') };
    return print(told(claim, '2025-11-24', '2025-12-31', { policy: POLICIES.mild }), '2026-01-05');
  },

  'rentenota-for-resten': () => {
    const story = told(BATHROOM, '2026-08-17', '2026-08-17', { terms: { afterPrincipal: 'rentenota' } });
    story.pay(kr(12_500), '2026-09-02');
    return print(story, '2026-09-07');
  },

  'inkassovarsel-forbruker': () => print(told(BATHROOM, '2026-08-17', '2026-09-02'), '2026-09-03'),

  'inkassovarsel-delbetalt': () => {
    const story = told(BATHROOM, '2026-08-17', '2026-08-17');
    story.pay(kr(5_000), '2026-08-31');
    return print(story, '2026-09-03');
  },

  'inkassovarsel-uten-gebyr': () => print(new Story(BATHROOM, { policy: POLICIES.fast }), '2026-08-06'),

  'inkassovarsel-inkassobyraa': () =>
    print(told(OFFICE, '2026-08-17', '2026-09-02', { policy: SHORT }), '2026-09-03', {
      debtor: BYGG,
      settings: { nextStep: 'inkassobyraa' },
    }),

  'inkassovarsel-kompensasjon': () =>
    print(told({ ...OFFICE, charge: 'compensation' }, '2026-08-17', '2026-09-02'), '2026-09-03', {
      debtor: BYGG,
    }),

  'betalingsoppfordring-forliksraad': () => print(told(BATHROOM, '2026-08-17', '2026-09-21'), '2026-09-22'),

  'betalingsoppfordring-namsmann': () =>
    print(told(BATHROOM, '2026-08-17', '2026-09-21'), '2026-09-22', { settings: { nextStep: 'namsmann' } }),

  'betalingsoppfordring-inkassobyraa-kompensasjon': () =>
    print(told({ ...OFFICE, charge: 'compensation' }, '2026-08-17', '2026-09-21'), '2026-09-22', {
      debtor: BYGG,
      settings: { nextStep: 'inkassobyraa' },
    }),

  'betalingsoppfordring-delbetalt-kreditert': () => {
    const story = told(BATHROOM, '2026-08-17', '2026-09-03');
    story.pay(kr(5_000), '2026-09-08');
    happen(story, '2026-09-10', (j) =>
      decideCredit(j, { amountOre: kr(1_000), noteNumber: 'K7', date: day('2026-09-10') }, day('2026-09-10')),
    );
    return print(story, '2026-09-22');
  },

  'betalingsoppfordring-etter-innsigelse': () => {
    const story = told(BATHROOM, '2026-08-17', '2026-09-03');
    happen(story, '2026-09-04', (j) =>
      decideDispute(
        j,
        { reason: 'en kabel manglet', partOre: null, date: day('2026-09-04') },
        day('2026-09-04'),
      ),
    );
    happen(story, '2026-09-11', (j) =>
      decideResolve(
        j,
        { outcome: 'partly', reason: 'en kabel manglet', reducedOre: kr(2_500) },
        day('2026-09-11'),
      ),
    );
    return print(story, '2026-09-22');
  },

  'betalingsoppfordring-etter-misligholdt-avtale': () => {
    const story = told(BATHROOM, '2026-08-17', '2026-09-22');
    happen(story, '2026-10-05', (j) =>
      decidePlan(
        j,
        [
          { due: day('2026-10-20'), amountOre: kr(4_000) },
          { due: day('2026-11-20'), amountOre: kr(4_000) },
        ],
        day('2026-10-05'),
      ),
    );
    story.pay(kr(4_000), '2026-10-20');
    return print(story, '2026-11-25');
  },

  'betalingsoppfordring-utland': () => {
    const debtor: Debtor = {
      ...BYGG,
      name: 'Nordiska Fastighets- och Förvaltningsaktiebolaget Östra Ärlighetsgränden i Västra Götaland',
      orgnr: null,
      address: 'Box 1234\nAvdelning Leverantörsreskontra',
      zip: '411 04',
      city: 'Göteborg',
      country: 'SE',
    };
    return print(told(OFFICE, '2026-08-17', '2026-09-21'), '2026-09-22', {
      debtor,
      // The creditor's own, which is not that of the account.
      settings: { iban: 'NO9386011117947' },
    });
  },

  'overdragelsesvarsel-ny-lov': () => {
    const claim = { ...BATHROOM, due: '2026-12-07', issued: day('2026-11-23') };
    const input = { rates: ratesOf2027('2026') };
    return print(told(claim, '2026-12-21', '2027-01-06', input), '2027-01-07');
  },

  'purring-ny-lov': () => {
    const claim = { ...BATHROOM, due: '2027-01-11', issued: day('2026-12-28') };
    return print(new Story(claim, { rates: ratesOf2027('2026') }), '2027-01-25');
  },

  'betalingsoppfordring-gammelt-krav': () => {
    // Due before 1 October 2020: a tenth of the inkassosats, a tenth, and three tenths.
    const history = [
      sent('purring', '2026-07-01', '2026-07-15', 75),
      sent('inkassovarsel', '2026-07-22', '2026-08-05', 75),
    ];
    const claim = { ...BATHROOM, due: '2020-09-30', issued: day('2020-09-16'), history };
    const story = new Story(claim);
    // The debtor has acknowledged the debt by paying a little: it is not foreldet.
    story.pay(kr(500), '2023-09-15', 'principal', '2026-08-01');
    return print(story, '2026-08-10');
  },
};

describe('the letters in bokmål, as their reader sees them', () => {
  it.each(Object.keys(SITUATIONS))('%s', async (name) => {
    const { html, view } = printed(name);
    expect(lintLetter(html, view)).toBeNull();
    const text = asText(html);
    await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(`../golden/${name}.txt`, import.meta.url)));
  });

  it('each of the six letters is among them', () => {
    const steps = new Set(Object.keys(SITUATIONS).map((name) => printed(name).plan.step));
    expect([...steps].sort()).toEqual([
      'betalingsoppfordring',
      'inkassovarsel',
      'overdragelsesvarsel',
      'paaminnelse',
      'purring',
      'rentenota',
    ]);
  });
});

function printed(name: string): Printed {
  const print = SITUATIONS[name];
  if (print === undefined) throw new Error(`no situation ${name}`);
  return print();
}

describe('L7: what stands in the statement adds up', () => {
  /** `1 234,50` and `−1 234,50` in øre. */
  function ore(text: string): number {
    const digits = text.replace(/ kr$/, '').replace(/[ ,]/g, '');
    return digits.startsWith('−') ? -Number(digits.slice(1)) : Number(digits);
  }
  const add = (texts: readonly string[]): number => texts.reduce((all, text) => all + ore(text), 0);

  it.each(Object.keys(SITUATIONS))(
    '%s: rows to groups, groups to the total, and the total everywhere',
    (name) => {
      const { view, plan, html } = printed(name);
      for (const { rows, total } of view.statement)
        expect(add(rows.map((row) => row.amount))).toBe(ore(total));
      expect(add(view.statement.map((group) => group.total))).toBe(plan.totalOre);
      expect(ore(view.total)).toBe(plan.totalOre);
      expect(ore(view.payment.amount)).toBe(plan.totalOre);
      // In the text, in the frame and under the statement.
      expect(visibleText(html).split(view.total)).toHaveLength(4);
    },
  );

  it.each(Object.keys(SITUATIONS))('%s: every payment is shown, whole', (name) => {
    const { view, story, plan } = printed(name);
    const rows = view.statement.flatMap((group) => group.rows);
    for (const payment of payments(story.case)) {
      if (payment.on > plan.date) continue;
      const shown = rows.filter(({ text }) => text === `Innbetalt ${formatDate(payment.on)}`);
      expect(add(shown.map((row) => row.amount))).toBe(-payment.amountOre);
    }
  });
});

describe('what a letter says is true of the claim it is about', () => {
  const text = (name: string): string => visibleText(printed(name).html);

  it.each(Object.keys(SITUATIONS).filter((name) => name.includes('delbetalt')))(
    '%s: does not say that nothing is paid',
    (name) => {
      expect(text(name)).not.toMatch(/at den er betalt|\) er betalt|fortsatt ikke betalt/);
    },
  );

  it('L6: a rentenota for the rest does not say that interest runs on: the principal is paid', () => {
    expect(text('rentenota-for-resten')).not.toMatch(/Den løper til kravet er betalt/);
  });

  it('L4: no new fee is announced where the compensation is larger than all the fees together', () => {
    expect(text('inkassovarsel-kompensasjon')).not.toMatch(/øke kravet/);
  });

  it('L4: no new fee is announced after a reasonable objection (F10)', () => {
    const story = told(BATHROOM, '2026-08-17', '2026-08-17');
    const on = day('2026-08-20');
    happen(story, on, (j) => decideDispute(j, { reason: 'en kabel manglet', partOre: null, date: on }, on));
    happen(story, on, (j) =>
      decideResolve(j, { outcome: 'partly', reason: 'en kabel manglet', reducedOre: kr(2_500) }, on),
    );
    const { view, html } = print(story, '2026-09-03');
    expect(view).toMatchObject({ step: 'inkassovarsel', fee: null });
    expect(visibleText(html)).not.toMatch(/øke kravet/);
  });

  it('a fee is called new only where there has been one', () => {
    expect(text('inkassovarsel-forbruker')).toMatch(/øke kravet/);
    expect(text('inkassovarsel-uten-gebyr')).not.toMatch(/nytt gebyr/);
  });

  it('F9: the compensation is not called a fee', () => {
    const titles = printed('purring-kompensasjon').view.statement.map((group) => group.title);
    expect(titles).toHaveLength(3);
    expect(titles).not.toContain('Gebyr');
  });

  it('a creditor without e-mail and telephone is written to', () => {
    expect(text('purring-uten-kid-og-telefon')).toContain('brev til Eksempelveien 1, 0101 Oslo');
    expect(text('purring-uten-kid-og-telefon')).not.toContain('på brev til');
  });
});
