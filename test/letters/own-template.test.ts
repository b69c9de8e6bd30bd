import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/io/templates.js';
import { STEPS, type Step } from '../../src/law/steps.js';
import { LANGUAGES } from '../../src/letters/languages.js';
import { judgeTemplate, letterTemplates, type TemplateProblem } from '../../src/letters/own-template.js';
import { SAMPLE_CREDITOR, sampleLetter } from '../../src/letters/sample.js';
import { letterView } from '../../src/letters/view.js';
import { TemplateFault, type TemplateSource } from '../../src/letters/template.js';

type Language = (typeof LANGUAGES)[number];

const SOURCES = Object.fromEntries(
  LANGUAGES.map((language) => [language, { ...readTemplates(language), css: '' }]),
) as Record<Language, TemplateSource>;

function shipped(step: Step, language: Language = 'nb'): string {
  const { bodies, interest } = SOURCES[language];
  return bodies[step].replaceAll('{{> interest}}', interest.trim());
}

function judge(step: Step, text: string, language: Language = 'nb'): TemplateProblem | null {
  return judgeTemplate(SOURCES[language], step, language, { file: `${step}.hbs`, text });
}

/** A template with some of its words exchanged. They must stand in it. */
function changed(step: Step, from: string, to: string, language: Language = 'nb'): string {
  const text = shipped(step, language);
  expect(text).toContain(from);
  return text.replaceAll(from, to);
}

describe.each(LANGUAGES)('the program’s own templates in %s', (language) => {
  it.each(STEPS)('%s passes as a template of one’s own', (step) => {
    expect(judge(step, shipped(step, language), language)).toBeNull();
  });

  it.each(STEPS)('%s has a sample to look at', (step) => {
    expect(letterView(sampleLetter(step, SAMPLE_CREDITOR, language))).toMatchObject({ step, language });
  });
});

describe('a template may be reworded', () => {
  it.each<[Step, string, string]>([
    ['paaminnelse', 'Kanskje den har gått i glemmeboken?', 'Det er lett å glemme en regning.'],
    ['purring', 'Vi har ikke registrert at den er betalt.', 'Vi mangler fortsatt betalingen.'],
    ['inkassovarsel', 'Inkasso vil bli satt i verk', 'Inkasso vil bli iverksatt'],
    ['betalingsoppfordring', 'eller komme med innsigelser mot kravet', 'eller sende oss innsigelser'],
    ['betalingsoppfordring', 'kan det føre til ytterligere', 'kan dette medføre ytterligere'],
    ['overdragelsesvarsel', 'vil vi overlate kravet til', 'vil vi oversende kravet til'],
  ])('%s: «%s» as «%s»', (step, from, to) => {
    expect(judge(step, changed(step, from, to))).toBeNull();
  });
});

describe('a template may not drop what the law requires', () => {
  it.each<[Step, string, string, string]>([
    ['purring', '{{claimNameFirst}}', 'Kravet', 'L7'],
    ['purring', '{{due}}', 'for lenge siden', 'L7'],
    ['inkassovarsel', 'Inkasso vil bli satt i verk', 'Noe kan skje', 'L4'],
    ['inkassovarsel', 'Inkasso vil bli satt i verk', 'Inkasso vil ikke bli satt i verk', 'L4'],
    ['inkassovarsel', '{{interestFrom}}', 'forfall', 'L4'],
    ['betalingsoppfordring', 'eller komme med innsigelser mot kravet', '', 'L5'],
    ['betalingsoppfordring', 'kan det føre til', 'kan det ikke føre til', 'L5'],
    ['betalingsoppfordring', 'vil tvangsfullbyrdelse bli begjært', 'er det synd', 'L5'],
    ['overdragelsesvarsel', 'overlate kravet til et inkassoforetak', 'tenke på kravet', 'G1'],
  ])('%s without «%s», but «%s»: %s', (step, from, to, rule) => {
    const problem = judge(step, changed(step, from, to));
    expect(problem).toMatchObject({ kind: 'unlawful', refusal: { rule } });
    expect(problem?.refusal.hjemmel).toMatch(/§/);
    expect(problem?.refusal.text).toContain(`Malen ${step}.hbs kan ikke brukes: `);
  });

  it.each<[Step, string]>([
    ['inkassovarsel', 'Inkasso vil bli satt i verk'],
    ['betalingsoppfordring', 'eller komme med innsigelser mot kravet'],
  ])('%s: not even in some of its letters («%s»)', (step, words) => {
    for (const condition of ['partlyPaid', 'interestRuns', 'fee', 'interestRate', 'next.newFee']) {
      const text = changed(step, words, `{{#if ${condition}}}${words}{{/if}}`);
      expect(judge(step, text)).toMatchObject({ kind: 'unlawful' });
      expect(judge(step, changed(step, words, `{{#unless ${condition}}}${words}{{/unless}}`))).toMatchObject({
        kind: 'unlawful',
      });
    }
  });

  it('nor hide it in a comment', () => {
    const hidden = changed(
      'inkassovarsel',
      'Inkasso vil bli satt i verk',
      '{{!-- Inkasso vil bli satt i verk --}}',
    );
    expect(judge('inkassovarsel', hidden)).toMatchObject({ kind: 'unlawful', refusal: { rule: 'L4' } });
  });
});

/** What a letter's own words must say besides L7, by language, and the paragraph that asks for it. */
const SENTENCES: readonly [Step, string, Readonly<Record<Language, string>>][] = [
  [
    'inkassovarsel',
    'L4',
    {
      nb: 'Inkasso vil bli satt i verk',
      nn: 'Inkasso vil bli sett i verk',
      en: 'Debt collection (<em>inkasso</em>) will be initiated',
    },
  ],
  [
    'betalingsoppfordring',
    'L5',
    {
      nb: 'eller komme med innsigelser mot kravet',
      nn: 'eller kome med motsegner mot kravet',
      en: 'or raise any objections (<em>innsigelser</em>) to the claim',
    },
  ],
  [
    'betalingsoppfordring',
    'L5',
    {
      nb: 'kan det føre til ytterligere kostnader og rettslig inndriving',
      nn: 'kan det føre til ytterlegare kostnader og rettsleg inndriving',
      en: 'may lead to further costs and legal enforcement',
    },
  ],
  [
    'betalingsoppfordring',
    'L5',
    {
      nb: 'vil tvangsfullbyrdelse bli begjært',
      nn: 'vil tvangsfullbyrding bli kravd',
      en: 'will be applied for',
    },
  ],
  [
    'overdragelsesvarsel',
    'G1',
    {
      nb: 'overlate kravet til et inkassoforetak',
      nn: 'overlate kravet til eit inkassoføretak',
      en: 'hand the claim over to a debt collection company',
    },
  ],
];

describe.each(LANGUAGES)('in %s no letter goes without what the law asks of it', (language) => {
  it.each(SENTENCES)('%s (%s): %o', (step, rule, words) => {
    const problem = judge(step, changed(step, words[language], '…', language), language);
    expect(problem).toMatchObject({
      kind: 'unlawful',
      refusal: { rule, hjemmel: expect.stringMatching(/§/) },
    });
  });

  it.each<[Step, string, string]>([
    ['purring', '{{claimNameFirst}}', 'L7'],
    ['purring', '{{due}}', 'L7'],
    ['inkassovarsel', '{{interestRate}}', 'L4'],
    ['inkassovarsel', '{{interestFrom}}', 'L4'],
    ['betalingsoppfordring', '{{interestFrom}}', 'L5'],
    ['rentenota', '{{interestFrom}}', 'L6'],
  ])('%s without %s: %s', (step, name, rule) => {
    const problem = judge(step, changed(step, name, '…', language), language);
    // The current rate stands in the statement too.
    if (name === '{{interestRate}}') expect(problem).toBeNull();
    else expect(problem).toMatchObject({ kind: 'unlawful', refusal: { rule } });
  });
});

/** L8, and F8 last: one sentence for each thing a letter never says, in each language. */
const FORBIDDEN: readonly Readonly<Record<Language, string>>[] = [
  {
    nb: 'Vi ringer arbeidsgiveren din.',
    nn: 'Vi ringjer arbeidsgjevaren din.',
    en: 'We will call your employer.',
  },
  { nb: 'Vi går til politiet.', nn: 'Vi går til politiet.', en: 'We will go to the police.' },
  { nb: 'Det kan ende i fengsel.', nn: 'Det kan ende i fengsel.', en: 'It may end in prison.' },
  { nb: 'Forholdet er straffbart.', nn: 'Det er straffbart.', en: 'You may be prosecuted.' },
  {
    nb: 'Du får betalingsanmerkning.',
    nn: 'Du får betalingsmerknad.',
    en: 'You will end up in a credit register.',
  },
  {
    nb: 'Vi melder det til kredittopplysningen.',
    nn: 'Vi melder det til kredittopplysinga.',
    en: 'It will hurt your credit rating.',
  },
  { nb: 'Vi spør naboene dine.', nn: 'Vi spør naboane dine.', en: 'We will ask your neighbours.' },
  { nb: 'Dine pårørende får vite det.', nn: 'Dei pårørande får vite det.', en: 'We will tell your family.' },
  { nb: 'Sykdom er ingen grunn.', nn: 'Sjukdom er ingen grunn.', en: 'Illness is no excuse.' },
  {
    nb: 'Vi kontakter fagforeningen.',
    nn: 'Vi kontaktar fagforeininga.',
    en: 'We will tell your trade union.',
  },
  { nb: 'Vi slår deg konkurs.', nn: 'Vi slår deg konkurs.', en: 'We will make you bankrupt.' },
  { nb: 'Inkassosalær kommer i tillegg.', nn: 'Inkassosalær kjem i tillegg.', en: 'Plus inkassosalær.' },
];

describe.each(LANGUAGES)('in %s no letter says', (language) => {
  it.each(FORBIDDEN.map((words) => words[language]))('%s', (sentence) => {
    for (const step of STEPS) {
      const problem = judge(step, `${shipped(step, language)}<p>${sentence}</p>`, language);
      const rule = /inkassosalær/i.test(sentence) ? 'F8' : 'L8';
      expect(problem, step).toMatchObject({ kind: 'unlawful', refusal: { rule } });
      expect(problem?.refusal.hjemmel).toMatch(/§/);
    }
  });

  it.each(['namsmannen', 'forliksrådet', 'et inkassobyrå', 'eit inkassoføretak', 'the bailiff'])(
    'that the next step is %s, where it is not (L4)',
    (step) => {
      const text = `${shipped('purring', language)}<p>${step}!</p>`;
      expect(judge('purring', text, language)).toMatchObject({ kind: 'unlawful', refusal: { rule: 'L4' } });
    },
  );
});

describe('a template may not say what the law forbids', () => {
  it.each<[Step, Language, string, string]>([
    ['purring', 'nb', 'Vi kontakter arbeidsgiveren din.', 'L8'],
    ['purring', 'nn', 'Vi tek kontakt med arbeidsgjevaren din.', 'L8'],
    ['purring', 'en', 'We will call the police.', 'L8'],
    ['purring', 'en', 'This will hurt your credit score.', 'L8'],
    ['purring', 'nb', 'Vi vurderer anmeldelse.', 'L8'],
    ['purring', 'nb', 'Vi slår deg konkurs.', 'L8'],
    ['inkassovarsel', 'nb', 'Dette er siste purring.', 'L4'],
    ['inkassovarsel', 'en', 'This is the last purring.', 'L4'],
    ['inkassovarsel', 'nb', 'Vi sender saken til et inkassobyrå.', 'L4'],
    ['inkassovarsel', 'nb', 'Vi tar utlegg i boligen din.', 'L4'],
    ['purring', 'nb', 'Vi går til forliksrådet.', 'L4'],
    ['purring', 'nb', 'Namsmannen kommer.', 'L4'],
  ])('%s in %s: «%s» (%s)', (step, language, sentence, rule) => {
    const problem = judge(step, `${shipped(step, language)}<p>${sentence}</p>`, language);
    expect(problem).toMatchObject({ kind: 'unlawful', refusal: { rule } });
  });

  it('may name a step where it is the next', () => {
    const sentence = '{{#if next.namsmann}}<p>Neste skritt er namsmannen.</p>{{/if}}';
    expect(judge('purring', `${shipped('purring')}${sentence}`)).toBeNull();
  });
});

describe('a template is finished words and nothing else', () => {
  it.each([
    ['{{{total}}}', /slår av sikringen/],
    ['{{&total}}', /slår av sikringen/],
    ['{{#if total', /lar seg ikke lese/],
    ['{{/if}}', /lar seg ikke lese/],
    ['{{nothing}}', /\{\{nothing\}\} er ikke noe brevet vet/],
    ['{{labels.sum}}', /er ikke noe brevet vet/],
    ['{{constructor}}', /er ikke noe brevet vet/],
    ['{{lookup creditor "name"}}', /bare sette inn navn/],
    ['{{log total}}', /bare sette inn navn/],
    ['{{@root.total}}', /bare sette inn navn/],
    ['{{#each statement}}{{title}}{{/each}}', /bare sette inn navn/],
    ['{{#with creditor}}{{name}}{{/with}}', /bare sette inn navn/],
    ['{{#if (lookup creditor "name")}}x{{/if}}', /bare sette inn navn/],
    ['{{> after}}', /bare sette inn navn/],
    ['{{#if total}}x{{/if}}', /\{\{#if total\}\} er ikke noe malen kan spørre om/],
    ['{{fee}}', /må stå mellom \{\{#if fee\}\}/],
    ['{{#unless fee}}{{fee}}{{/unless}}', /må stå mellom/],
    ['{{#if fee}}x{{else}}{{fee}}{{/if}}', /må stå mellom/],
    ['<script>alert(1)</script>', /«<script>» kan ikke brukes/],
    ['<p style="display:none">x</p>', /kan ikke brukes/],
    ['<!-- hei -->', /kan ikke brukes/],
    ['<img src=x>', /kan ikke brukes/],
    ['<{{total}}>', /kan ikke brukes/],
    ['a < b', /kan ikke brukes/],
    ['poli&shy;tiet', /«&shy;tiet» kan ikke brukes/],
    ['&#112;olitiet', /kan ikke brukes/],
    ['poli\u00adtiet', /usynlige tegn/],
    ['pol\u200bitiet', /usynlige tegn/],
    ['\u202epolitiet', /usynlige tegn/],
    ['pоlitiet', /annet alfabet/],
    ['Gebyret er 100 kr.', /«100 kr» er skrevet inn i malen/],
    ['Gebyret er kr 100.', /skrevet inn i malen/],
    ['Renten er 20 %.', /skrevet inn i malen/],
    ['Fristen er 3 dager.', /skrevet inn i malen/],
    ['Fristen er 1. mai 2026.', /skrevet inn i malen/],
    ['Fristen er 01.05.2026.', /skrevet inn i malen/],
    ['<strong>x', /åpnes uten å lukkes/],
    ['</p>', /åpnes uten å lukkes/],
    ['x'.repeat(30_000), /lengre enn/],
  ])('%s', (addition, message) => {
    const problem = judge('purring', `${shipped('purring')}${addition}`);
    expect(problem).toMatchObject({ kind: 'malformed', refusal: { text: expect.stringMatching(message) } });
  });

  it('may have its own paragraphs, lists and emphasis', () => {
    const text = `${shipped('purring')}<ul><li><em>Takk</em> &amp; hilsen</li></ul><p>§ 3, sak 12 &nbsp; og<br>slik</p>`;
    expect(judge('purring', text)).toBeNull();
  });
});

describe('the templates of a language', () => {
  const own = (step: Step, text: string) =>
    letterTemplates(SOURCES.nb, new Map([[step, { file: `${step}.hbs`, text }]]), 'nb');
  const view = letterView(sampleLetter('purring', SAMPLE_CREDITOR, 'nb'));

  it('use one’s own where it may be used', () => {
    const templates = own('purring', `<p>Hei igjen!</p>${shipped('purring')}`);
    expect(templates.problem('purring')).toBeNull();
    expect(templates.template.render(view)).toContain('Hei igjen!');
  });

  it('never use one that fails, and say why', () => {
    const templates = own('purring', '<p>Betal!</p>');
    expect(templates.problem('purring')).toMatchObject({ refusal: { rule: 'L7' } });
    expect(templates.template.render(view)).not.toContain('Betal!');
    expect(templates.problem('rentenota')).toBeNull();
  });

  it('do not fall over one that cannot be read', () => {
    expect(() => own('purring', '{{#if')).not.toThrow(TemplateFault);
  });
});
