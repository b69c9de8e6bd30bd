import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bareEnvironment,
  CONSUMER,
  Desk,
  INIT,
  onlyDocument,
  PROGRAM,
  shareBrowser,
} from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
const NOON = { now: `${DAY}T10:00:00Z` };
const BIN = join(PROGRAM, 'bin', 'inkasso.js');
const IS_ROOT = process.getuid?.() === 0;

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

interface Diagnosis {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
  await desk.ok(DAY, 'add', ...CONSUMER);
});

const diagnose = async (circumstances: { now?: string; env?: NodeJS.ProcessEnv } = NOON) => {
  const { code, stdout } = await desk.cli(['--db', desk.database, '--json', 'doctor'], circumstances);
  const { data } = onlyDocument(stdout) as { data: Diagnosis };
  expect(code).toBe(data.ok ? 0 : 6);
  expect(data.ok).toBe(data.findings.every(({ ok }) => ok));
  return data;
};

const line = ({ findings }: Diagnosis, name: string): Finding => {
  const found = findings.find((finding) => finding.name === name);
  if (found === undefined) throw new Error(`doctor says nothing of ${name}`);
  return found;
};

describe('doctor', () => {
  it('finds nothing wrong where nothing is wrong, and says each thing in a line', async () => {
    expect((await diagnose()).ok).toBe(true);
    const { code, stdout, stderr } = await desk.cli(['--db', desk.database, 'doctor'], NOON);
    expect([code, stderr]).toEqual([0, '']);
    for (const each of stdout.trimEnd().split('\n')) expect(each).toMatch(/^✓ [^:]+: .+/);
    expect(stdout).toContain('✓ Sats forsinkelsesrente: 12,25 % siden 01.07.2026');
  });

  it('finds what it can where there is no database, or one that cannot be read', async () => {
    const none = await desk.cli(['--db', desk.path('ingen.db'), 'doctor'], NOON);
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('lag den med «inkasso init»')]);
    desk.write('tekst.db', 'ikke en database');
    const other = await desk.cli(['--db', desk.path('tekst.db'), 'doctor'], NOON);
    expect(other.code).toBe(6);
    expect(other.stdout.match(/^✗ .*/gm)).toEqual([expect.stringMatching(/^✗ Database: .*tekst\.db/)]);
  });
});

describe("doctor's line about the clock", () => {
  const clock = async (now: string) => line(await diagnose({ now }), 'Klokke');

  afterEach(() => {
    delete process.env['TZ'];
  });

  it('says when it is set back behind what is recorded', async () => {
    const { ok, detail } = await clock('2026-08-19T12:00:00Z');
    expect(ok).toBe(false);
    expect(detail).toMatch(/viser 19\.08\.2026, .* registrert 20\.08\.2026\. Still klokken/);
  });

  it('says the date in Norway, also when the machine is in another one', async () => {
    process.env['TZ'] = 'UTC';
    expect(await clock('2026-08-20T12:00:00Z')).toMatchObject({ ok: true, detail: '20.08.2026 i Norge' });
    expect(await clock('2026-08-20T23:30:00Z')).toMatchObject({
      ok: true,
      detail: '21.08.2026 i Norge; på maskinen (UTC) er det 20.08.2026, men programmet regner med norsk dato',
    });
    process.env['TZ'] = 'Asia/Tokyo';
    expect((await clock('2026-08-20T16:00:00Z')).detail).toContain('(Asia/Tokyo) er det 21.08.2026');
  });

  it('says which day --as-of gives', async () => {
    const { stdout } = await desk.cli(['--db', desk.database, '--as-of', '2026-09-01', 'doctor'], NOON);
    expect(stdout).toContain('Klokke: 20.08.2026 i Norge; denne kommandoen regner med 01.09.2026 (--as-of)');
  });
});

describe("doctor's line about mail", () => {
  const set = (key: string, value: string) => desk.ok(DAY, 'config', 'set', key, value);
  const mail = async () => line(await diagnose(), 'E-post');

  it('says that letters go by post until it is set up, then what is missing, then how it is set up', async () => {
    expect(await mail()).toMatchObject({ ok: true, detail: 'ikke satt opp; brevene går i posten' });
    await set('smtpHost', 'smtp.eksempel.example');
    expect(await mail()).toMatchObject({ ok: true });
    await set('smtpUser', 'post');
    expect(await mail()).toMatchObject({ ok: false, detail: expect.stringContaining('passwordFile') });
    await set('passwordFile', desk.path('ingen.txt'));
    expect(await mail()).toMatchObject({ ok: false, detail: expect.stringContaining('kan ikke leses') });
    const file = desk.write('passord.txt', '\n');
    chmodSync(file, 0o600);
    await set('passwordFile', file);
    expect(await mail()).toMatchObject({ ok: false, detail: 'E-postpassordet er tomt.' });
    desk.write('passord.txt', 'hysj-hysj\n');
    expect(await mail()).toMatchObject({ ok: true, detail: 'smtp.eksempel.example:587 (starttls)' });
    await set('smtpCa', desk.path('ingen.pem'));
    expect(await mail()).toMatchObject({ ok: false, detail: expect.stringContaining('smtpCa') });
  });

  it('says that the password command fails, and not what it wrote', async () => {
    await set('smtpHost', 'smtp.eksempel.example');
    await set('smtpUser', 'post');
    await set('passwordCommand', `"${process.execPath}" -e "console.log('hysj-hysj');process.exit(1)"`);
    const { findings } = await diagnose();
    expect(line({ ok: false, findings }, 'E-post').detail).toMatch(/^Passordkommandoen .* mislyktes\.$/);
    expect(JSON.stringify(findings)).not.toContain('hysj');
  });
});

describe.skipIf(process.platform === 'win32')("doctor's line about what others can read", () => {
  const access = async (circumstances = NOON) => line(await diagnose(circumstances), 'Tilgang for andre');

  it('names the files and folders, and the command it gives mends them', async () => {
    await desk.run(DAY);
    await desk.ok(DAY, 'backup', desk.path('inkasso-versjon-1.db'));
    const password = desk.write('passord.txt', 'hysj\n');
    await desk.ok(DAY, 'config', 'set', 'passwordFile', password);
    chmodSync(password, 0o600);
    expect(await access()).toMatchObject({ ok: true });
    const letters = desk.pdfs().filter((path) => path.includes('sak-'));
    for (const [name, open, closed] of [
      ['inkasso.db', 0o644, 0o600],
      ['inkasso-versjon-1.db', 0o640, 0o600],
      [letters[0] ?? '', 0o644, 0o600],
      ['brev', 0o755, 0o700],
      ['passord.txt', 0o604, 0o600],
    ] as const) {
      chmodSync(desk.path(name), open);
      const { ok, detail } = await access();
      expect([ok, detail], name).toEqual([
        false,
        `1 fil eller mappe kan leses eller endres av andre på maskinen. Rett det med: chmod go-rwx '${desk.path(name)}'`,
      ]);
      execFileSync('sh', ['-c', detail.slice(detail.indexOf('chmod'))]);
      expect(await access()).toMatchObject({ ok: true });
      chmodSync(desk.path(name), closed);
    }
  });

  it("lets others look into a folder of the user's own choice, but not write there", async () => {
    chmodSync(desk.folder, 0o755);
    desk.write('notater.txt', 'ikke vår');
    expect(await access()).toMatchObject({ ok: true });
    chmodSync(desk.folder, 0o777);
    expect(await access()).toMatchObject({ ok: false, detail: expect.stringContaining(`'${desk.folder}'`) });
    chmodSync(desk.folder, 0o1777);
    expect(await access()).toMatchObject({ ok: true });
  });

  it("keeps the program's own folder closed", async () => {
    mkdirSync(desk.path('data'));
    const env = { XDG_DATA_HOME: desk.path('data') };
    const own = (...args: string[]) => desk.cli(['--as-of', DAY, '--json', ...args], { ...NOON, env });
    expect((await own('init', ...INIT)).code).toBe(0);
    expect((await own('doctor')).code).toBe(0);
    chmodSync(desk.path('data/inkasso'), 0o755);
    const { code, stdout } = await own('doctor');
    expect([code, stdout]).toEqual([6, expect.stringContaining('chmod go-rwx')]);
  });

  it('quotes names as a shell reads them', async () => {
    const odd = desk.path(`Kari's $(touch ran) & data.db`);
    expect((await desk.cli(['--db', odd, 'init', ...INIT], NOON)).code).toBe(0);
    chmodSync(odd, 0o644);
    const { stdout } = await desk.cli(['--db', odd, 'doctor'], NOON);
    execFileSync('sh', ['-c', /chmod .*/.exec(stdout)?.[0] ?? ''], { cwd: desk.folder });
    expect((await desk.cli(['--db', odd, 'doctor'], NOON)).code).toBe(0);
    expect(Object.keys(desk.stored().files)).not.toContain('ran');
  });
});

describe.skipIf(process.platform === 'win32')("doctor's line about the sandbox", () => {
  const NAME = 'Nettleserens sandkasse';

  it.runIf(IS_ROOT)('says that it is off for root, and why', async () => {
    expect(line(await diagnose(), NAME)).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^av, .*root/),
    });
  });

  it('says that it is on for everybody else, who prints with it or is told why not', ({ skip }) => {
    const nobody = IS_ROOT ? { uid: 65534, gid: 65534 } : {};
    const home = new Desk();
    if (IS_ROOT) chmodSync(home.folder, 0o777);
    const inkasso = (...args: string[]) =>
      spawnSync(process.execPath, [BIN, '--as-of', DAY, ...args], {
        ...nobody,
        cwd: home.folder,
        env: {
          ...bareEnvironment(home.folder),
          ...{ HOME: home.folder, TMPDIR: home.folder, INKASSO_DB: home.path('data/inkasso.db') },
        },
        encoding: 'utf8',
      });
    skip(inkasso('-V').status !== 0, 'run as root, from a folder nobody else may read');
    expect(inkasso('init', ...INIT).status).toBe(0);
    expect(inkasso('doctor').stdout).toContain(`✓ ${NAME}: på\n`);
    expect(inkasso('add', ...CONSUMER).status).toBe(0);
    const { status, stderr } = inkasso('run');
    // A system that forbids the sandbox gets no letter, never one without it.
    if (status !== 0) expect(stderr).toMatch(/^Feil: .*lot seg ikke starte/m);
    else expect(inkasso('letter', '1', '--out', 'brev.pdf').status).toBe(0);
  });
});
