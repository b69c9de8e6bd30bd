import { examplesOf } from './examples.js';
import type { FlagOutline, Outline } from './outline.js';

const EXIT_WORDS: readonly (readonly [number, string])[] = [
  [0, 'gjort, også «ingenting å gjøre»'],
  [1, 'feil på maskinen'],
  [2, 'feil bruk eller ugyldige data'],
  [3, 'en rettsregel sier nei'],
  [4, 'finnes ikke'],
  [5, 'en sats eller inkassoloven for datoen mangler'],
  [6, 'funn'],
  [70, 'feil i programmet'],
  [130, 'avbrutt'],
];

/** The manual, in the markup that man(1) reads, made from the program's own commands. */
export function manPage(program: Outline, version: string): string {
  const commands = program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [commandText(command, [])]
      : [commandText(command, []), ...command.commands.map((each) => commandText(each, [command.name]))],
  );
  return [
    `.TH INKASSO 1 "" "inkasso ${version}" "Brukerkommandoer"`,
    '.SH NAVN',
    `inkasso \\- ${roff(firstSentence(program.description))}`,
    '.SH BRUK',
    '.B inkasso',
    '[flagg] kommando [argumenter]',
    '.SH BESKRIVELSE',
    roff(program.description),
    '.PP',
    roff(
      'Registrer fakturaen med «inkasso add», kjør «inkasso run» hver dag, og bekreft med «inkasso sent» når brevene er i posten. «inkasso help kom-i-gang» er en veiledning fra begynnelsen.',
    ),
    '.SH FLAGG',
    ...program.flags.map(flagText),
    '.SH KOMMANDOER',
    ...commands,
    '.SH AVSLUTNINGSKODER',
    ...EXIT_WORDS.map(([code, words]) => `.TP\n.B ${code}\n${roff(words)}`),
    '.SH MILJØ',
    ...[
      ['INKASSO_DB', 'databasen, når --db ikke er oppgitt'],
      ['INKASSO_BROWSER', 'nettleseren som skriver PDF-ene'],
      ['NO_COLOR', 'ingen farger'],
      ['XDG_DATA_HOME', 'mappen databasen ellers ligger under, på Linux'],
    ].map(([name = '', words = '']) => `.TP\n.B ${name}\n${roff(words)}`),
    '.SH FILER',
    '.TP',
    '.I ~/.local/share/inkasso/inkasso.db',
    roff(
      'Alt ligger her: saker, brev og innstillinger. På macOS i ~/Library/Application Support/inkasso, på Windows i %LOCALAPPDATA%\\inkasso.',
    ),
    '',
  ].join('\n');
}

function commandText(command: Outline, before: readonly string[]): string {
  const name = [...before, command.name].join(' ');
  const usage = [name, ...command.args.map((arg) => arg.name.toUpperCase())].join(' ');
  const examples = before.length > 0 ? [] : examplesOf(command.name).split('\n').slice(1).filter(Boolean);
  return [
    '.TP',
    `.B ${roff(usage)}`,
    roff(command.description || command.summary),
    '.RS',
    ...command.flags.map(flagText),
    ...(examples.length === 0 ? [] : ['.PP', 'Eksempler:', '.nf', ...examples.map(roff), '.fi']),
    '.RE',
  ].join('\n');
}

function flagText({ flags, description }: FlagOutline): string {
  return `.TP\n.B ${roff(flags)}\n${roff(description)}`;
}

function firstSentence(text: string): string {
  return text.replace(/\.$/, '');
}

/** A line may not begin with a dot or an apostrophe, and a backslash or a hyphen-minus means something. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
