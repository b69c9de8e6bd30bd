import type { Command } from 'commander';
import { formatAccount, formatOrgnr } from '../case/party.js';
import { SETTING_WORDS, type SettingKey, type Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import type { Act, Answer } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { logoWord, readLogo } from '../tasks/logo.js';
import { table } from '../terminal/text.js';

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
  return {
    data: { key, value: result.data[key] },
    text: `${key} er nå ${result.data[key] === null ? 'tom' : key === 'logo' ? shown(result.data, key) : String(result.data[key])}.`,
  };
}

function settingKey(name: string): SettingKey {
  const camel = name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(SETTING_WORDS, camel)) return camel as SettingKey;
  throw usage(`Det finnes ingen innstilling som heter «${name}».`, 'Se navnene med «inkasso config list».');
}
