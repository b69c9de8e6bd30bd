import type { Command } from 'commander';
import { formatAccount, formatOrgnr } from '../case/party.js';
import { SETTING_WORDS, type SettingKey, type Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import type { Act, Answer, Warning } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { outdatedLetters } from '../tasks/letters.js';
import { meant } from '../tasks/near.js';
import { logoWord, readLogo } from '../tasks/logo.js';
import { table } from '../terminal/table.js';

export function register(program: Command, act: Act): void {
  const config = program.command('config').summary('les og endre innstillinger');
  config.command('list', { isDefault: true }).description('Viser alle innstillingene').action(act(list));
  config.command('get').argument('<navn>').description('Viser én innstilling').action(act(get));
  config
    .command('set')
    .argument('<navn>')
    .argument('<verdi>')
    .description('Endrer en innstilling')
    .action(act(set));
}

function list(ctx: Context): Answer {
  const settings = ctx.store().settings();
  const rows = (Object.keys(SETTING_WORDS) as SettingKey[]).map((key) => [
    key,
    shown(settings, key),
    SETTING_WORDS[key],
  ]);
  return {
    data: { settings },
    text: table([{ title: 'Navn' }, { title: 'Verdi', max: 32 }, { title: 'Hva' }], rows),
  };
}

function shown(settings: Settings, key: SettingKey): string {
  if (key === 'orgnr') return formatOrgnr(settings.orgnr);
  if (key === 'logo') return settings.logo === null ? '' : logoWord(settings.logo);
  return key === 'account' ? formatAccount(settings.account) : String(settings[key] ?? '');
}

function get(ctx: Context, [name = '']: readonly string[]): Answer {
  const key = settingKey(name);
  const settings = ctx.store().settings();
  const text = key === 'logo' ? shown(settings, key) : String(settings[key] ?? '');
  return { data: { key, value: settings[key] }, text };
}

async function set(ctx: Context, [name = '', given = '']: readonly string[]): Promise<Answer> {
  const key = settingKey(name);
  const value = key === 'logo' && given !== '' ? readLogo(ctx, given) : given;
  const before = ctx.store().settings();
  const { settingsSchema } = await import('../case/settings-schema.js');
  const result = settingsSchema.safeParse({ ...before, [key]: value === '' ? null : value });
  if (!result.success) throw usage(`${key}: ${result.error.issues[0]?.message ?? 'ugyldig verdi'}.`);
  if (key === 'policy' && ctx.store().policy(result.data.policy) === null)
    throw usage(`policy: det finnes ikke noe løp som heter «${value}».`);
  ctx.store().saveSettings(result.data);
  const changed = before[key] !== result.data[key];
  return {
    data: { key, value: result.data[key] },
    text: `${key} er nå ${result.data[key] === null ? 'tom' : key === 'logo' ? shown(result.data, key) : String(result.data[key])}.`,
    warnings: changed ? changeWarnings(ctx, key) : [],
  };
}

/** What stands in every letter, and must be right in one that has not left yet (L7). */
const IN_LETTERS: readonly SettingKey[] = [
  ...(['name', 'orgnr', 'address', 'zip', 'city', 'email', 'phone', 'contact'] as const),
  ...(['account', 'iban', 'bic', 'logo', 'nextStep'] as const),
];

function changeWarnings(ctx: Context, key: SettingKey): readonly Warning[] {
  if (IN_LETTERS.includes(key)) return outdatedLetters(ctx);
  // I9: the count is no fact of a claim, so it moves the interest of every claim there is.
  if (key !== 'interestCount' || ctx.store().cases.all().length === 0) return [];
  const message =
    'Renten telles nå på den nye måten i alle saker, også der brev er sendt og betalinger er fordelt. Beløp kan endre seg med noen øre.';
  return [{ code: 'INTEREST_COUNT_CHANGED', message }];
}

function settingKey(name: string): SettingKey {
  const camel = name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(SETTING_WORDS, camel)) return camel as SettingKey;
  throw usage(
    `Det finnes ingen innstilling som heter «${name}».`,
    meant(camel, Object.keys(SETTING_WORDS)) ?? 'Se navnene med «inkasso config list».',
  );
}
