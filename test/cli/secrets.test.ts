import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claim, Desk, shareBrowser } from '../support/cli.js';
import { CERTIFICATE, startPost } from '../support/smtp.js';

shareBrowser();

const DAY = '2026-03-17';
const NOW = { now: `${DAY}T10:00:00Z` };
const PASSWORD = 'Xk9-feil-passord-7Qz';
/** As it is, and as it goes to the server. */
const FORMS = [
  PASSWORD,
  Buffer.from(PASSWORD).toString('base64'),
  Buffer.from(`\u0000post\u0000${PASSWORD}`).toString('base64'),
];

/** Everything the program can be asked to say or write about the letters, the settings and the people. */
const ASKED: readonly (readonly string[])[] = [
  ['run', '--email'],
  ['sent', '--channel', 'email'],
  ['doctor'],
  ['config'],
  ['config', 'list'],
  ['config', 'get', 'passwordFile'],
  ['config', 'get', 'passwordCommand'],
  ['show', '1'],
  ['why', '1'],
  ['list'],
  ['debtor', 'show', '1'],
  ['debtor', 'export', '1'],
  ['check'],
];

describe('the mail password', () => {
  it.each(['file', 'command'])(
    'from a %s is in no answer, message, database, backup or file, also when the server says it aloud',
    async (kind) => {
      const tried: string[] = [];
      const post = await startPost(() => 'takes', {
        onAuth({ password }, _session, done) {
          tried.push(password ?? '');
          done(new Error(`Nei til ${FORMS.join(' og ')}`));
        },
      });
      const desk = await Desk.open();
      const secret =
        kind === 'file'
          ? desk.write('hemmelig.txt', `${PASSWORD}\n`)
          : desk.write('hemmelig.mjs', `console.error('${PASSWORD}'); console.log('${PASSWORD}');\n`);
      chmodSync(secret, 0o600);
      try {
        await desk.ok('2026-03-05', ...claim('1001', '1250', '2026-03-02', '--email', 'kari@kunde.example'));
        await desk.ok('2026-03-05', 'debtor', 'edit', '1', '--electronic-basis', 'avtale i tilbudet');
        const settings = [
          ['smtpHost', 'localhost'],
          ['smtpPort', String(post.port)],
          ['smtpUser', 'post'],
          ['smtpCa', CERTIFICATE],
          kind === 'file'
            ? ['passwordFile', secret]
            : ['passwordCommand', `"${process.execPath}" "${secret}"`],
        ];
        for (const [key = '', value = ''] of settings)
          await desk.ok('2026-03-05', 'config', 'set', key, value);
        const said: string[] = [];
        for (const args of ASKED) {
          for (const json of [[], ['--json']]) {
            const { stdout, stderr } = await desk.cli(['--db', desk.database, ...json, ...args], NOW);
            said.push(stdout, stderr);
          }
        }
        await desk.cli(['--db', desk.database, 'backup', desk.path('kopi.db')], NOW);
        await desk.cli(
          ['--db', desk.database, 'export', 'dossier', '1', '--out', desk.path('mappe.pdf')],
          NOW,
        );

        expect(tried, 'the password was used').toContain(PASSWORD);
        expect(said.join('\n'), 'and refused').toContain('Nei til');
        for (const form of FORMS) expect(said.join('\n')).not.toContain(form);
        const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .filter((path) => path !== secret);
        expect(files.map((path) => path.split('/').at(-1))).toEqual(
          expect.arrayContaining(['inkasso.db', 'kopi.db']),
        );
        for (const path of files)
          for (const form of FORMS) expect(readFileSync(path).includes(form), path).toBe(false);
      } finally {
        await post.close();
      }
    },
  );

  it('is in no complaint about how it is kept', async () => {
    const desk = await Desk.open();
    const script = desk.write(
      'feil.mjs',
      `console.error('${PASSWORD}'); console.log('${PASSWORD}'); process.exit(1);\n`,
    );
    const settings = [
      ['smtpHost', 'localhost'],
      ['smtpUser', 'post'],
      ['passwordCommand', `"${process.execPath}" "${script}"`],
    ];
    for (const [key = '', value = ''] of settings) await desk.ok('2026-03-05', 'config', 'set', key, value);
    for (const args of [['run', '--email'], ['doctor']]) {
      for (const json of [[], ['--json']]) {
        const { stdout, stderr } = await desk.cli(['--db', desk.database, ...json, ...args], {
          ...NOW,
          env: { INKASSO_DEBUG: '1' },
        });
        expect(stdout + stderr).not.toContain(PASSWORD);
      }
    }
  });
});
