import type { Command } from 'commander';
import type { Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { findRow, TABLE_NAMES } from '../law/rates.js';
import type { Act, Answer } from '../tasks/answer.js';
import { EXIT } from '../tasks/fault.js';
import { counted, green, red } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('doctor')
    .summary('sjekk at alt programmet trenger, er på plass')
    .description(
      'Ser etter nettleser og sandkasse, skrifter, database, tilgang for andre, e-post, satser og klokke.',
    )
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
    ...(await browser(ctx)),
    await fonts(ctx),
    database(ctx),
    ...access(ctx),
    await mail(ctx),
    ...rates(ctx),
    clock(ctx),
  ];
  const ok = findings.every((finding) => finding.ok);
  const text = findings
    .map(({ name, ok: fine, detail }) => `${fine ? green('✓') : red('✗')} ${name}: ${detail}`)
    .join('\n');
  return { data: { ok, findings }, text, ...(ok ? {} : { exitCode: EXIT.findings }) };
}

async function browser(ctx: Context): Promise<Finding[]> {
  try {
    const { executable, source, args } = await ctx.findBrowser();
    const sandbox = args.includes('--no-sandbox')
      ? 'av, fordi programmet kjører som root. Kjør det som en vanlig bruker, så er den på'
      : 'på';
    return [
      { name: 'Nettleser', ok: true, detail: `${executable} (${SOURCE_WORDS[source]})` },
      { name: 'Nettleserens sandkasse', ok: true, detail: sandbox },
    ];
  } catch (fault) {
    return [{ name: 'Nettleser', ok: false, detail: messageOf(fault) }];
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

/** Paths named in the command that mends them. */
const NAMED = 20;

/** Whether anybody else on the machine can read the claims, the letters or the mail password. */
function access(ctx: Context): Finding[] {
  const settings = settingsOf(ctx);
  if (settings === null) return [];
  const name = 'Tilgang for andre';
  const exposed = ctx.exposedPaths(settings.passwordFile === null ? [] : [settings.passwordFile]);
  if (exposed.length === 0)
    return [{ name, ok: true, detail: 'ingen andre kan lese databasen eller brevene' }];
  const quoted = exposed.slice(0, NAMED).map((path) => `'${path.replaceAll("'", "'\\''")}'`);
  const rest = exposed.length > NAMED ? ' …' : '';
  const who = counted(exposed.length, 'fil eller mappe', 'filer og mapper');
  return [
    {
      name,
      ok: false,
      detail: `${who} kan leses eller endres av andre på maskinen. Rett det med: chmod go-rwx ${quoted.join(' ')}${rest}`,
    },
  ];
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

const kroner = (value: string): string => `${value.replace(/\B(?=(\d{3})+$)/g, ' ')} kr`;
const RATE_WORDS: Readonly<Record<(typeof TABLE_NAMES)[number], (value: string) => string>> = {
  forsinkelsesrente: (value) => `${value} %`,
  inkassosats: kroner,
  standardkompensasjon: kroner,
  rettsgebyr: kroner,
  regime: (value) => `loven av ${value}`,
};

function rates(ctx: Context): Finding[] {
  const known = ctx.rates();
  return TABLE_NAMES.map((name) => {
    const row = findRow(known, name, ctx.today);
    const detail =
      row === null
        ? `mangler for ${formatDate(ctx.today)}; se «inkasso rates check»`
        : `${RATE_WORDS[name](row.value.replace('.', ','))} siden ${formatDate(row.from)}`;
    return { name: name === 'regime' ? 'Inkassolov' : `Sats ${name}`, ok: row !== null, detail };
  });
}

/** The machine's clock beside what is recorded, and beside the calendar in Norway. */
function clock(ctx: Context): Finding {
  const name = 'Klokke';
  const { realToday } = ctx;
  const shown = formatDate(realToday);
  const last = ctx.databaseExtent()?.lastOn ?? null;
  if (last !== null && last > realToday) {
    return {
      name,
      ok: false,
      detail: `viser ${shown}, men det siste i databasen er registrert ${formatDate(last)}. Still klokken på maskinen; er den riktig, er noe registrert fram i tid med --as-of`,
    };
  }
  const { date, timeZone } = ctx.machine();
  const here =
    date === realToday
      ? ''
      : `; på maskinen (${timeZone}) er det ${formatDate(date)}, men programmet regner med norsk dato`;
  const asOf =
    ctx.today === realToday ? '' : `; denne kommandoen regner med ${formatDate(ctx.today)} (--as-of)`;
  return { name, ok: true, detail: `${shown} i Norge${here}${asOf}` };
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
