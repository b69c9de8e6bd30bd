import type { Command } from 'commander';
import type { Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { findRow, TABLE_NAMES } from '../law/rates.js';
import type { Act, Answer } from '../tasks/answer.js';
import { EXIT } from '../tasks/fault.js';
import { green, red } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('doctor')
    .summary('sjekk at alt programmet trenger, er på plass')
    .description('Ser etter nettleser, skrifter, database, satser og dato.')
    .action(act(doctor));
}

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

const SOURCE_WORDS = {
  setting: 'oppgitt av deg',
  system: 'installert på maskinen',
  cache: 'fra Puppeteers mappe',
  bundled: 'fulgte med programmet',
} as const;

async function doctor(ctx: Context): Promise<Answer> {
  const findings = [
    await browser(ctx),
    await fonts(ctx),
    database(ctx),
    await mail(ctx),
    ...rates(ctx),
    date(ctx),
  ];
  const ok = findings.every((finding) => finding.ok);
  const text = findings
    .map(({ name, ok: fine, detail }) => `${fine ? green('✓') : red('✗')} ${name}: ${detail}`)
    .join('\n');
  return { data: { ok, findings }, text, ...(ok ? {} : { exitCode: EXIT.findings }) };
}

async function browser(ctx: Context): Promise<Finding> {
  try {
    const found = await ctx.findBrowser();
    const sandbox = found.args.includes('--no-sandbox') ? ', uten sandkasse fordi du er root' : '';
    return {
      name: 'Nettleser',
      ok: true,
      detail: `${found.executable} (${SOURCE_WORDS[found.source]}${sandbox})`,
    };
  } catch (fault) {
    return { name: 'Nettleser', ok: false, detail: messageOf(fault) };
  }
}

async function fonts(ctx: Context): Promise<Finding> {
  try {
    await ctx.templates('nb');
    return { name: 'Maler og skrifter', ok: true, detail: 'på plass' };
  } catch (fault) {
    return { name: 'Maler og skrifter', ok: false, detail: messageOf(fault) };
  }
}

function database(ctx: Context): Finding {
  if (!ctx.fileExists(ctx.databasePath)) {
    return {
      name: 'Database',
      ok: true,
      detail: `${ctx.databasePath} finnes ikke ennå; lag den med «inkasso init»`,
    };
  }
  try {
    const { name } = ctx.store().settings();
    return { name: 'Database', ok: true, detail: `${ctx.databasePath} (${name})` };
  } catch (fault) {
    return { name: 'Database', ok: false, detail: messageOf(fault) };
  }
}

/** Whether mail is set up, and the password can be had; nothing is sent, and no server is asked. */
async function mail(ctx: Context): Promise<Finding> {
  const name = 'E-post';
  const settings = settingsOf(ctx);
  if (settings === null || settings.smtpHost === null)
    return { name, ok: true, detail: 'ikke satt opp; brevene går i posten' };
  try {
    (await ctx.mailer()).close();
    return { name, ok: true, detail: `${settings.smtpHost}:${settings.smtpPort} (${settings.smtpSecurity})` };
  } catch (fault) {
    return { name, ok: false, detail: messageOf(fault) };
  }
}

function settingsOf(ctx: Context): Settings | null {
  try {
    return ctx.fileExists(ctx.databasePath) ? ctx.store().settings() : null;
  } catch {
    return null;
  }
}

function rates(ctx: Context): Finding[] {
  const known = ctx.rates();
  return TABLE_NAMES.map((name) => {
    const row = findRow(known, name, ctx.today);
    const detail =
      row === null ? `mangler for ${formatDate(ctx.today)}` : `${row.value} siden ${formatDate(row.from)}`;
    return { name: `Sats ${name}`, ok: row !== null, detail };
  });
}

function date(ctx: Context): Finding {
  const same = ctx.today === ctx.realToday;
  return {
    name: 'Dato',
    ok: true,
    detail: same ? formatDate(ctx.today) : `${formatDate(ctx.today)} (--as-of)`,
  };
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
