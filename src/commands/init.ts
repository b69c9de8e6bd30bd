import type { Command } from 'commander';
import { isShippedPolicy } from '../case/policy.js';
import { settingsSchema } from '../case/settings-schema.js';
import { SETTING_WORDS, type SettingKey, type Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import type { Act, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { textOption } from '../tasks/input.js';

const REQUIRED = ['name', 'orgnr', 'address', 'zip', 'city', 'account'] as const;
const ASKED = [...REQUIRED, 'email', 'phone'] as const;
const FLAGS: readonly SettingKey[] = [
  ...REQUIRED,
  'country',
  'iban',
  'bic',
  'email',
  'phone',
  'contact',
  'nextStep',
  'policy',
  'grace',
  'deadlineDays',
  'interestCount',
];

/** The flag of a setting: nextStep → --next-step. */
function flagOf(key: SettingKey): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function register(program: Command, act: Act): void {
  const command = program.command('init').summary('lag databasen med din virksomhet i');
  command.description('Lager databasen og registrerer virksomheten som krever inn. Spør om det som mangler.');
  for (const key of FLAGS) command.option(`${flagOf(key)} <verdi>`, SETTING_WORDS[key]);
  command.action(act(init));
}

async function init(ctx: Context, _args: readonly string[], options: Options) {
  if (ctx.fileExists(ctx.databasePath)) {
    throw usage(
      `Det finnes alt en fil i ${ctx.databasePath}.`,
      'Velg en annen med --db, eller bruk databasen som den er.',
    );
  }
  const given = new Map<SettingKey, string>();
  for (const key of FLAGS) {
    const value = textOption(options, key);
    if (value !== null) given.set(key, value);
  }
  for (const [key, value] of given) readSetting(key, value);
  await askForMissing(ctx, given);
  const settings = checkSettings(Object.fromEntries(given));
  if (!isShippedPolicy(settings.policy))
    throw usage(`--policy: «${settings.policy}» er ikke standard, mild eller fast.`);
  ctx.createStore(settings);
  const text = [
    `Databasen er laget: ${ctx.databasePath}`,
    `${settings.name} er klar til å kreve inn.`,
    '',
    'Registrer den første fakturaen med «inkasso add», eller «inkasso add --from faktura.xml».',
  ].join('\n');
  return { data: { database: ctx.databasePath, creditor: settings }, text };
}

/** Checks one value on its own, so that the message names its flag. */
function readSetting(key: SettingKey, value: string): void {
  const why = whyNot(key, value);
  if (why !== null) throw usage(`${flagOf(key)}: ${why}.`);
}

function whyNot(key: SettingKey, value: string): string | null {
  const result = settingsSchema.shape[key].safeParse(value);
  return result.success ? null : (result.error.issues[0]?.message ?? 'ugyldig verdi');
}

async function askForMissing(ctx: Context, given: Map<SettingKey, string>): Promise<void> {
  const missing = REQUIRED.filter((key) => !given.has(key));
  const [first] = missing;
  if (first === undefined) return;
  if (ctx.ask === null)
    throw usage(
      `${flagOf(first)} mangler (${SETTING_WORDS[first].toLowerCase()}).`,
      'Oppgi det som flagg, eller kjør «inkasso init» i en terminal for å bli spurt.',
    );
  for (const key of ASKED) {
    if (given.has(key)) continue;
    const needed = REQUIRED.some((required) => required === key);
    const message = needed ? SETTING_WORDS[key] : `${SETTING_WORDS[key]} (kan stå tomt)`;
    const check = (answer: string): string | null => {
      if (answer.trim() === '') return needed ? 'Dette må fylles ut.' : null;
      const why = whyNot(key, answer);
      return why === null ? null : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
    };
    const answer = await ctx.ask.text({ message, check });
    if (answer.trim() !== '') given.set(key, answer);
  }
}

function checkSettings(values: object): Settings {
  const result = settingsSchema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw usage(`${flagOf((issue?.path[0] ?? 'name') as SettingKey)}: ${issue?.message ?? 'ugyldig verdi'}.`);
}
