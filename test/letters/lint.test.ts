import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/io/templates.js';
import { ANNOUNCEMENTS, bansFor } from '../../src/law/letters.js';
import { STEP_TITLES, STEPS, type Step } from '../../src/law/steps.js';
import { lintLetter, visibleText, withoutNames } from '../../src/letters/lint.js';
import { compileTemplates, TemplateFault, type TemplateSource } from '../../src/letters/template.js';
import { wordsOf } from '../../src/letters/languages.js';
import type { LetterView } from '../../src/letters/view.js';

const SOURCE: TemplateSource = { ...readTemplates('nb'), css: '' };
const template = compileTemplates(SOURCE);

/** A letter with everything in it: principal 12 500, interest 209,76, two fees of 38 and one of 113. */
function view(step: Step, changes: Partial<LetterView> = {}): LetterView {
  return {
    step,
    title: STEP_TITLES[step],
    language: 'nb',
    locale: 'nb-NO',
    documentTitle: `${STEP_TITLES[step]} – faktura 1001`,
    labels: wordsOf('nb').labels,
    foot: 'Eksempel Elektro AS · Vår sak 1',
    creditor: {
      name: 'Eksempel Elektro AS',
      orgnr: '312 456 788',
      address: 'Eksempelveien 1, 0101 Oslo',
      contactLines: ['Berit Bakke', '22 00 00 00'],
      reach: 'faktura@eksempel-elektro.example eller 22 00 00 00',
      reachWords: ['faktura@eksempel-elektro.example', 'eller', '22 00 00 00'].map((word) => ({
        word,
        whole: true,
      })),
      longName: false,
      logo: null,
    },
    debtorName: 'Kari Nordmann',
    debtorLines: ['Kari Nordmann', 'Storgata 2', '5003 Bergen'],
    wholeName: null,
    facts: [
      { label: 'Dato', value: '22.09.2026' },
      { label: 'Fakturanummer', value: '1001' },
    ],
    claimName: 'faktura 1001 (varmekabler på bad)',
    claimNameFirst: 'Faktura 1001 (varmekabler på bad)',
    date: '22. september 2026',
    due: '3. august 2026',
    deadline: '6. oktober 2026',
    principal: '12 500,00 kr',
    interest: '209,76 kr',
    costs: '189,00 kr',
    total: '12 898,76 kr',
    fee: '113,00 kr',
    interestRate: '12,25 %',
    interestRates: '12,25 %',
    interestFrom: '4. august 2026',
    interestTo: '22. september 2026',
    varselSent: '7. september 2026',
    partlyPaid: false,
    interestRuns: true,
    next: {
      betalingsoppfordring: false,
      firstFee: false,
      newFee: false,
      namsmann: false,
      forliksraad: true,
      inkassobyraa: false,
    },
    statement: [
      {
        title: 'Hovedstol',
        rows: [{ text: 'Faktura 1001, forfall 03.08.2026', amount: '12 500,00' }],
        total: '12 500,00',
      },
      {
        title: 'Forsinkelsesrente',
        rows: [{ text: '12,25 % av 12 500,00 kr, 50 dager av 365', amount: '209,76' }],
        total: '209,76',
      },
      {
        title: 'Gebyr',
        rows: [
          { text: 'Gebyr for brev 17.08.2026', amount: '38,00' },
          { text: 'Gebyr for brev 03.09.2026', amount: '38,00' },
          { text: 'Gebyr for brev 22.09.2026', amount: '113,00' },
        ],
        total: '189,00',
      },
    ],
    notes: [],
    payment: {
      amount: '12 898,76 kr',
      deadline: '06.10.2026',
      account: '1503 12 34562',
      kid: '0010017',
      reference: null,
      currency: null,
      iban: null,
      bic: null,
    },
    appendix: null,
    ...changes,
  };
}

/** What is wrong with a letter from other templates; null when nothing is. */
function lint(step: Step, source: Partial<TemplateSource>, changes: Partial<LetterView> = {}) {
  const letter = view(step, changes);
  return lintLetter(compileTemplates({ ...SOURCE, ...source }).render(letter), letter);
}

/** The templates with some text gone, wherever it stands. It must stand somewhere. */
function without(step: Step, ...texts: readonly string[]): TemplateSource {
  const drop = (from: string): string => texts.reduce((all, text) => all.replaceAll(text, ''), from);
  const { layout, after, interest, bodies } = SOURCE;
  const source = {
    ...SOURCE,
    layout: drop(layout),
    after: drop(after),
    interest: drop(interest),
    bodies: { ...bodies, [step]: drop(bodies[step]) },
  };
  expect(source).not.toEqual(SOURCE);
  return source;
}

const ROWS =
  '{{#each rows}}<tr class="row"><th scope="row">{{text}}</th><td>{{amount}}</td></tr>\n    {{/each}}';
const GROUP_TOTAL = '<td>{{total}}</td>';

type Missing = readonly [what: string, rule: string, texts: readonly string[]];

// What every letter must state (L7), by the words of the refusal and the templates' words for it.
const EVERY_LETTER: readonly Missing[] = [
  ['fordringshaverens navn', 'L7', ['{{creditor.name}}']],
  ['fordringshaverens organisasjonsnummer', 'L7', ['{{creditor.orgnr}}']],
  ['skyldnerens navn', 'L7', ['{{#each debtorLines}}<div>{{this}}</div>{{/each}}']],
  ['hva kravet gjelder', 'L7', ['{{claimName}}', '{{claimNameFirst}}']],
  ['forfallsdatoen', 'L7', ['{{due}}']],
  ['hovedstolen', 'L7', [ROWS, GROUP_TOTAL, '{{principal}}']],
  ['beløpet å betale', 'L7', ['{{payment.amount}}', '<span class="figure">{{total}}</span>']],
  ['betalingsfristen', 'L7', ['{{payment.deadline}}']],
  ['kontonummeret', 'L7', ['{{payment.account}}']],
  ['KID eller det betalingen skal merkes med', 'L7', ['{{payment.kid}}']],
  ['hvordan man sier fra om innsigelser', 'L7', ['{{word}}']],
  ['at brevet er uten betydning for den som har betalt', 'L7', ['betalt i mellomtiden']],
];

const RATE: readonly Missing[] = [
  ['rentesatsen', '', ['{{interestRate}}', '{{text}}']],
  ['dagen renten regnes fra', '', ['{{interestFrom}}']],
];

function by(rule: string, missing: readonly Missing[]): Missing[] {
  return missing.map(([what, , texts]) => [what, rule, texts]);
}

const OWN: Readonly<Record<Step, readonly Missing[]>> = {
  paaminnelse: [],
  purring: [],
  rentenota: by('L6', RATE),
  inkassovarsel: [
    ['at inkasso vil bli satt i verk', 'L4', ['Inkasso vil bli satt i verk']],
    ...by('L4', RATE),
  ],
  betalingsoppfordring: [
    ...by('L5', RATE),
    [
      'at manglende betaling kan føre til ytterligere kostnader og rettslig inndriving',
      'L5',
      ['kan det føre til ytterligere kostnader og rettslig inndriving'],
    ],
    [
      'oppfordringen om å betale eller komme med innsigelser',
      'L5',
      ['eller komme med innsigelser mot kravet'],
    ],
  ],
  overdragelsesvarsel: [
    ['at kravet vil bli overlatt til et inkassoforetak', 'G1', ['overlate kravet til et inkassoforetak']],
  ],
};

describe.each(STEPS)('%s', (step) => {
  it('passes as it is', () => {
    expect(lint(step, {})).toBeNull();
  });

  it.each([...EVERY_LETTER, ...OWN[step]])('without %s: %s', (what, rule, texts) => {
    const refusal = lint(step, without(step, ...texts));
    expect(refusal).toMatchObject({ rule, text: `${STEP_TITLES[step]} mangler det loven krever: ${what}.` });
  });

  it('without its own words: refused', () => {
    expect(lint(step, { bodies: { ...SOURCE.bodies, [step]: '' } })?.rule).toBe('L7');
  });

  it.each([
    ['Vi tar kontakt med arbeidsgiveren din.', 'L8'],
    ['We will contact your EMPLOYER.', 'L8'],
    ['Saken blir politianmeldt.', 'L8'],
    ['Vi går til politiet.', 'L8'],
    ['Du kan få betalingsanmerkning.', 'L8'],
    ['Du får en betalingsmerknad.', 'L8'],
    ['Vi melder det til et kredittopplysningsforetak.', 'L8'],
    ['It will hurt your credit rating.', 'L8'],
    ['Inkassosalær kommer i tillegg.', 'F8'],
    ['Vi krever inkassosalæret.', 'F8'],
  ])('never says: %s (%s)', (sentence, rule) => {
    const bodies = { ...SOURCE.bodies, [step]: `${SOURCE.bodies[step]}<p>${sentence}</p>` };
    expect(lint(step, { bodies })?.rule).toBe(rule);
  });

  it('may speak of politics', () => {
    const bodies = {
      ...SOURCE.bodies,
      [step]: `${SOURCE.bodies[step]}<p>En politisk uenighet er ingen grunn.</p>`,
    };
    expect(lint(step, { bodies })).toBeNull();
  });

  it.each(['Dette er siste purring.', 'PURRING', 'Purringen ble sendt før.', 'purringer'])(
    'the word purring («%s») is kept out of an inkassovarsel only (L4)',
    (sentence) => {
      const bodies = { ...SOURCE.bodies, [step]: `${SOURCE.bodies[step]}<p>${sentence}</p>` };
      expect(lint(step, { bodies })?.rule ?? null).toBe(step === 'inkassovarsel' ? 'L4' : null);
    },
  );
});

describe('figures that must stand in the letter', () => {
  it('L6: the fee of a purring, as its own line', () => {
    const changes = { statement: statementWithout('Gebyr'), costs: '38,00 kr', fee: '38,00 kr' };
    expect(lint('purring', without('purring', '{{fee}}'), changes)).toMatchObject({ rule: 'L6' });
    expect(lint('purring', without('purring', '{{fee}}'), { ...changes, fee: null })).toBeNull();
  });

  it('L5: the costs of a betalingsoppfordring, also when they are none', () => {
    const changes = { statement: statementWithout('Gebyr'), costs: '0,00 kr', fee: null };
    expect(lint('betalingsoppfordring', {}, changes)).toBeNull();
    expect(lint('betalingsoppfordring', without('betalingsoppfordring', '{{costs}}'), changes)).toMatchObject(
      {
        rule: 'L5',
        text: expect.stringContaining('gebyret'),
      },
    );
  });

  it.each(['rentenota', 'betalingsoppfordring'] as const)('the interest in kroner of a %s', (step) => {
    const changes = { statement: statementWithout('Forsinkelsesrente') };
    const refusal = lint(step, step === 'rentenota' ? {} : without(step, '{{interest}}'), changes);
    expect(refusal).toMatchObject({
      rule: step === 'rentenota' ? 'L6' : 'L5',
      text: expect.stringContaining('rentene i kroner'),
    });
  });

  it.each(['inkassovarsel', 'betalingsoppfordring'] as const)(
    'no rate where no interest is claimed: %s',
    (step) => {
      const changes = {
        interestRate: null,
        interestFrom: null,
        statement: statementWithout('Forsinkelsesrente'),
      };
      expect(lint(step, {}, { ...changes, interest: '0,00 kr' })).toBeNull();
    },
  );

  function statementWithout(title: string): LetterView['statement'] {
    return view('purring').statement.filter((group) => group.title !== title);
  }
});

describe('what others have written comes out as text, and cannot speak for the program', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '</div><h1>Til deg</h1>',
    '<img src=x onerror="alert(1)">',
    "'; DROP TABLE claim; --",
    '{{creditor.name}}',
    '{{{total}}}',
    '{{#each statement}}{{/each}}',
    '{{> after}}',
    '&lt;b&gt; &amp; &#x27;',
    'a & b < c > d "e" \'f\' `g` =h',
    '$& $1 \\ (.*) [a-z]+ ^$',
    'Ærlig Øl & Åpent AS – «ÆØÅ» 日本 🙂',
    `Navn på ${'x'.repeat(300)}`,
    'x'.repeat(300),
  ];
  const tags = (html: string): string[] => html.match(/<\/?[a-z!][^>]*>/gi) ?? [];

  it.each(HOSTILE)('%s', (text) => {
    for (const step of STEPS) {
      const letter = view(step, {
        claimName: `faktura 1001 (${text})`,
        claimNameFirst: `Faktura 1001 (${text})`,
        debtorName: text,
        debtorLines: [text, text, '5003 Bergen'],
        creditor: { ...view(step).creditor, name: text, contactLines: [text] },
        facts: [{ label: 'Fakturanummer', value: text }],
      });
      const html = template.render(letter);
      expect(visibleText(html)).toContain(text.replace(/\s+/g, ' '));
      // The name, the contact, two lines of address, the number and what the claim is: each where it should be.
      expect(visibleText(html).split(text.replace(/\s+/g, ' ')).length).toBeGreaterThan(6);
      const usual = { ...letter, debtorLines: ['a', 'b', 'c'], creditor: view(step).creditor };
      const plain = { ...usual, claimName: 'x', claimNameFirst: 'X', facts: [{ label: 'a', value: 'b' }] };
      const quiet = template.render({
        ...plain,
        creditor: { ...plain.creditor, name: 'a', contactLines: ['b'] },
      });
      expect(tags(html)).toEqual(tags(quiet));
      expect(lintLetter(html, letter)).toBeNull();
    }
  });

  it('a debtor can have the police in its name: that is no threat', () => {
    const debtorName = 'Politiets Fellesforbund';
    const debtorLines = [debtorName, 'Møllergata 39', '0179 Oslo'];
    expect(lint('purring', {}, { debtorName, debtorLines })).toBeNull();
  });

  it('but what the letter says of the police beside that name is one', () => {
    const debtorName = 'Politiets Fellesforbund';
    const debtorLines = [debtorName, 'Møllergata 39', '0179 Oslo'];
    const bodies = { ...SOURCE.bodies, purring: `${SOURCE.bodies.purring}<p>Vi går til politiet.</p>` };
    expect(lint('purring', { bodies }, { debtorName, debtorLines })?.rule).toBe('L8');
  });

  it('a claim can be named in other capitals than the letter has', () => {
    const source = without('purring', '{{claimName}}', '{{claimNameFirst}}');
    const named = (words: string): TemplateSource['bodies'] => ({
      ...source.bodies,
      purring: `${source.bodies.purring}<p>${words}</p>`,
    });
    expect(lint('purring', { ...source, bodies: named('FAKTURA 1001 (Varmekabler på BAD)') })).toBeNull();
    expect(lint('purring', { ...source, bodies: named('FAKTURA 1002 (Varmekabler på BAD)') })?.rule).toBe(
      'L7',
    );
  });

  it('nothing is said without the names that is not said with them', () => {
    const patterns = [...bansFor('inkassovarsel'), ...ANNOUNCEMENTS].map(({ pattern }) => pattern);
    const pieces = patterns.flatMap(({ source }) => source.replace(/\\b/g, ' ').match(/\p{L}+/gu) ?? []);
    const word = fc.constantFrom(...pieces, 'A', '1', 'Å', '_', '漢');
    const joint = fc.constantFrom('', ' ', '-', '_', ', ', '/');
    const words = (most: number): fc.Arbitrary<string> =>
      fc.array(fc.tuple(word, joint), { minLength: 1, maxLength: most }).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(words(3), words(2), words(8), words(8), (debtorName, line, before, after) => {
        const party = { debtorName, debtorLines: [line] };
        const text = `${before}${debtorName}${after}${line}${before}`.replace(/\s+/g, ' ');
        const own = withoutNames(text, view('purring', party));
        for (const pattern of patterns) if (pattern.test(own)) expect(text).toMatch(pattern);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('templates', () => {
  const body = (text: string): TemplateSource => ({ ...SOURCE, bodies: { ...SOURCE.bodies, purring: text } });

  it.each(['{{{total}}}', '{{&total}}', '{{& total}}', '{{~&total}}', '{{~{total}~}}'])(
    'may not switch off escaping: %s',
    (text) => {
      expect(() => compileTemplates(body(`<p>${text}</p>`))).toThrow(TemplateFault);
      expect(() => compileTemplates({ ...SOURCE, layout: text })).toThrow(TemplateFault);
      expect(() => compileTemplates({ ...SOURCE, after: text })).toThrow(TemplateFault);
    },
  );

  it.each(['{{nothing}}', '{{creditor.nothing}}', '{{> other}}', '{{other total}}'])(
    'know only what the letter says: %s',
    (text) => {
      expect(() => compileTemplates(body(`<p>${text}</p>`)).render(view('purring'))).toThrow();
    },
  );

  it('name the letter and the creditor in the title, as text', () => {
    const letter = view('purring', { creditor: { ...view('purring').creditor, name: '<b>A & B</b>' } });
    expect(template.render(letter)).toContain(
      '<title>Purring – faktura 1001 – &lt;b&gt;A &amp; B&lt;/b&gt;</title>',
    );
  });

  it('say which language the letter is in', () => {
    expect(template.render(view('purring'))).toContain('<html lang="nb-NO">');
  });
});
