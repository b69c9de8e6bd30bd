import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { explainClaim, type Explanation } from '../../src/case/why.js';
import { sum } from '../../src/law/money.js';
import { STEPS, type Step } from '../../src/law/steps.js';
import { LANGUAGES } from '../../src/letters/languages.js';
import { lintLetter } from '../../src/letters/lint.js';
import { letterView } from '../../src/letters/view.js';
import { asText, CREDITOR, KARI, letterIn, situationsFor, templateOf } from '../support/letters.js';

type Language = (typeof LANGUAGES)[number];

function withAppendix(step: Step, name: string, language: Language) {
  const { story, plan } = letterIn(step, name, language);
  const explanation = explainClaim(story.case, plan.claim, story.judgement.rates, plan);
  const input = {
    case: story.case,
    plan,
    debtor: { ...KARI, language },
    settings: CREDITOR,
    kid: story.case.claim.kid,
    following: null,
  };
  const view = letterView({ ...input, explanation });
  return { plan, explanation, view, html: templateOf(language).render(view) };
}

/** The tree, figure by figure: every sum is the sum of its parts. */
function expectSums({ formula, amountOre, children, label }: Explanation): void {
  const amounts = children.map((child) => child.amountOre);
  if (formula === 'sum') expect(sum(amounts), label).toBe(amountOre);
  if (formula === 'max') expect(Math.max(...amounts), label).toBe(amountOre);
  for (const child of children) expectSums(child);
}

describe('the appendix', () => {
  it.each(STEPS)('adds up to the total of the letter: %s', (step) => {
    for (const name of situationsFor(step)) {
      const { plan, explanation, html, view } = withAppendix(step, name, 'nb');
      expect(explanation.amountOre, name).toBe(plan.totalOre);
      expectSums(explanation);
      expect(lintLetter(html, view), name).toBeNull();
      if (step === 'inkassovarsel') expect(asText(html)).not.toMatch(/purring/i);
    }
  });

  it('says nothing when it is not asked for', () => {
    expect(letterIn('purring', 'forbruker', 'nb').html).not.toContain('class="appendix"');
  });

  it.each(LANGUAGES)('in %s, as its reader sees it', async (language) => {
    const parts = ['delbetalt', 'kompensasjon'].map((name) => {
      const { html } = withAppendix('betalingsoppfordring', name, language);
      return asText(`<body>${html.slice(html.indexOf('<article class="appendix">'))}`);
    });
    const file = fileURLToPath(new URL(`../golden/${language}/vedlegg.txt`, import.meta.url));
    await expect(parts.join('\n')).toMatchFileSnapshot(file);
  });
});
