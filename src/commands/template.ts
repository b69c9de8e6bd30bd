import type { Command } from 'commander';
import type { Language } from '../case/party.js';
import type { Context } from '../context.js';
import { requirementsFor } from '../law/letters.js';
import { STEPS, STEP_TITLES, stepWord, type Step } from '../law/steps.js';
import { LANGUAGES } from '../letters/languages.js';
import { lintLetter, STATEMENT_WORDS } from '../letters/lint.js';
import { CONDITIONS, judgeTemplate, NAMES } from '../letters/own-template.js';
import { SAMPLE_CREDITOR, sampleLetter } from '../letters/sample.js';
import { letterView } from '../letters/view.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { refused, usage } from '../tasks/fault.js';
import { readChoice, textOption } from '../tasks/input.js';
import { table } from '../terminal/table.js';

const LANGUAGE_WORDS: Readonly<Record<Language, string>> = { nb: 'bokmål', nn: 'nynorsk', en: 'engelsk' };

export function register(program: Command, act: Act): void {
  const template = program
    .command('template')
    .summary('teksten i brevene')
    .description(
      'Viser, kopierer og kontrollerer malene. Egne maler ligger i mappen «maler» ved siden av databasen, som ' +
        'maler/nb/purring.hbs, og brukes så lenge de ligger der og holder det loven krever.',
    );
  const letters = STEPS.join(', ');
  const language = ['--language <språk>', 'nb, nn eller en'] as const;
  template
    .command('list', { isDefault: true })
    .description('Viser hvilke maler som er i bruk')
    .action(act(list));
  template
    .command('eject')
    .argument('<brev>', letters)
    .option(...language)
    .description('Kopierer en mal til mappen med egne maler, så du kan endre den')
    .action(act(eject));
  template
    .command('lint')
    .argument('<fil>', 'malen, for eksempel maler/nb/purring.hbs')
    .option('--letter <brev>', 'hvilket brev, når filnavnet ikke sier det')
    .option(...language)
    .description('Kontrollerer en mal mot det loven krever av brevet')
    .action(act(lint));
  template
    .command('preview')
    .argument('<brev>', letters)
    .option(...language)
    .option('--out <fil>', 'PDF-en den skrives i')
    .description('Skriver brevet som PDF med et oppdiktet krav')
    .action(act(preview));
}

async function list(ctx: Context): Promise<Answer> {
  const all = await Promise.all(
    LANGUAGES.map(async (language) => ({ language, ...(await ctx.templates(language)) })),
  );
  const templates = all.flatMap(({ language, own, problem }) => {
    return STEPS.map((letter) => {
      const found = problem(letter);
      return {
        letter,
        language,
        source: own.has(letter) ? ('own' as const) : ('program' as const),
        file: own.get(letter)?.file ?? null,
        ok: found === null,
        problem: found?.refusal ?? null,
      };
    });
  });
  const word = (letter: Step, language: Language): string => {
    const entry = templates.find((one) => one.letter === letter && one.language === language);
    if (entry?.source !== 'own') return 'programmets';
    return entry.ok ? 'egen' : 'egen, kan ikke brukes';
  };
  const columns = [{ title: 'Brev' }, ...LANGUAGES.map((language) => ({ title: LANGUAGE_WORDS[language] }))];
  const rows = STEPS.map((letter) => [letter, ...LANGUAGES.map((language) => word(letter, language))]);
  const problems = templates.flatMap(({ problem }) =>
    problem === null ? [] : [`${problem.text} (${problem.hjemmel})`],
  );
  const text = [table(columns, rows), `Egne maler: ${ctx.templateFolder}`, ...problems].join('\n');
  return { data: { folder: ctx.templateFolder, templates }, text };
}

function eject(ctx: Context, [name = '']: readonly string[], options: Options): Answer {
  const letter = readChoice(STEPS, name, '<brev>');
  const language = readLanguage(options) ?? 'nb';
  const path = `${ctx.templateFolder}/${language}/${letter}.hbs`;
  if (ctx.fileExists(path))
    throw usage(
      `Det finnes alt en mal i ${path}.`,
      'Endre den, eller slett den for å gå tilbake til programmets.',
    );
  const { bodies, interest } = ctx.shippedTemplates(language);
  const body = bodies[letter].replaceAll('{{> interest}}', interest.trim());
  const file = ctx.writeFile(path, `${guide(letter)}\n${body}`);
  const text = [
    `Malen for ${stepWord(letter)} på ${LANGUAGE_WORDS[language]} ligger nå i ${file}.`,
    'Endre den i et tekstprogram. Den brukes fra neste kjøring, så lenge filen ligger der.',
    `Kontroller den med «inkasso template lint ${file}».`,
  ];
  return { data: { letter, language, file }, text: text.join('\n') };
}

/** What stands first in a template of one's own: a comment that is not printed. */
function guide(letter: Step): string {
  const lines = (words: Readonly<Record<string, string>>): string[] =>
    Object.entries(words).map(([name, what]) => `  ${name} – ${what}`);
  const required = requirementsFor(letter).filter(({ rule }) => rule !== 'L7');
  return [
    '{{!--',
    `${STEP_TITLES[letter]}. Avsender, mottaker, betalingsboks, oppstilling og avslutning kommer av seg selv.`,
    ...(required.length === 0
      ? []
      : [
          'Loven krever at brevet sier:',
          ...required.map(({ statement }) => `  – ${STATEMENT_WORDS[statement]}`),
        ]),
    'Navn som kan settes inn:',
    ...lines(NAMES),
    'Spørsmål som kan stilles, som #if … else … /if i doble krøllparenteser:',
    ...lines(CONDITIONS),
    '--}}',
  ].join('\n');
}

function lint(ctx: Context, [path = '']: readonly string[], options: Options): Answer {
  const file = ctx.readFile(path);
  if (file === null) throw usage(`Fant ikke filen ${path}.`);
  const letter = letterOf(file.name, options);
  const language = readLanguage(options) ?? languageOf(path);
  const text = readUtf8(file.bytes, path);
  const problem = judgeTemplate(ctx.shippedTemplates(language), letter, language, { file: path, text });
  if (problem?.kind === 'unlawful')
    throw refused(problem.refusal, 'Se det loven krever øverst i malen, eller kopier den på nytt.');
  if (problem !== null) throw usage(problem.refusal.text, 'Se «inkasso help template».', 'TEMPLATE');
  const data = { file: path, letter, language, ok: true };
  return { data, text: `${path} kan brukes til ${stepWord(letter)} på ${LANGUAGE_WORDS[language]}.` };
}

function letterOf(fileName: string, options: Options): Step {
  const named = textOption(options, 'letter');
  if (named !== null) return readChoice(STEPS, named, '--letter');
  const letter = STEPS.find((step) => fileName === `${step}.hbs`);
  if (letter === undefined)
    throw usage(`${fileName} sier ikke hvilket brev den er for.`, `Oppgi --letter: ${STEPS.join(', ')}.`);
  return letter;
}

/** The folder a template lies in is named by its language. */
function languageOf(path: string): Language {
  return LANGUAGES.find((language) => path.split(/[/\\]/).at(-2) === language) ?? 'nb';
}

function readLanguage(options: Options): Language | null {
  const named = textOption(options, 'language');
  return named === null ? null : readChoice(LANGUAGES, named, '--language');
}

function readUtf8(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usage(`${path} er ikke tekst i UTF-8.`, 'Lagre den som UTF-8 i tekstprogrammet.');
  }
}

async function preview(ctx: Context, [name = '']: readonly string[], options: Options): Promise<Answer> {
  const letter = readChoice(STEPS, name, '<brev>');
  const language = readLanguage(options) ?? 'nb';
  const settings = ctx.fileExists(ctx.databasePath) ? ctx.store().settings() : SAMPLE_CREDITOR;
  const { template, problem } = await ctx.templates(language);
  const unusable = problem(letter);
  if (unusable !== null)
    throw refused(unusable.refusal, 'Rett malen, eller slett den for å bruke programmets.');
  const input = sampleLetter(letter, settings, language);
  const view = letterView(input);
  const html = template.render(view);
  const refusal = lintLetter(html, view);
  if (refusal !== null) throw refused(refusal);
  const { documentTitle: title, locale } = view;
  const meta = { title, author: view.creditor.name, language: locale, date: input.plan.date };
  const sheet = { css: template.styleOf(html), foot: template.footOf(view) };
  const { bytes, pages } = await (await ctx.printer()).print(html, meta, sheet);
  const pdf = ctx.writeFile(textOption(options, 'out') ?? `${letter}-${language}.pdf`, bytes);
  return { data: { letter, language, pdf, pages }, text: `${view.title} med et oppdiktet krav: ${pdf}` };
}
