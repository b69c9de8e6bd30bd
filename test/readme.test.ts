import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/tasks/fault.js';
import { Desk, PROGRAM, shareBrowser } from './support/cli.js';
import { layInvoices, typed, words } from './support/transcript.js';

shareBrowser();
const README = readFileSync(join(PROGRAM, 'README.md'), 'utf8');

function block(language: string, after: string): string {
  const from = README.indexOf(after);
  expect(from, `README has «${after}»`).toBeGreaterThan(-1);
  const found = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(README.slice(from));
  return found?.[1] ?? '';
}

describe('README', () => {
  it('shows in the terminal what the program answers', async () => {
    const shown = block('console', '## Slik ser det ut');
    expect(shown.split('\n').length).toBeGreaterThan(12);
    const desk = new Desk();
    layInvoices(desk);
    const now = '2026-08-20T10:00:00Z';
    const creditor =
      'inkasso init --name "Eksempel Elektro AS" --orgnr 312456788 --address "Eksempelveien 1"';
    await typed(desk, `${creditor} --zip 0101 --city Oslo --account 15031234562`, now);
    const parts: string[] = [];
    for (const line of shown.split('\n').filter((each) => each.startsWith('$ ')))
      parts.push(await typed(desk, line.slice(2), now));
    expect(shown).toBe(parts.join('\n'));
  });

  it('shows the help as the program gives it', async () => {
    const { stdout } = await new Desk().cli(['--help']);
    expect(block('text', '## Alle kommandoene')).toBe(stdout);
  });

  it('names commands and flags that exist', async () => {
    const shown = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) => text.split('\n'));
    const commands = shown.filter((line) => line.startsWith('inkasso ')).map((line) => words(line));
    expect(commands.length).toBeGreaterThan(8);
    for (const [, verb = '', ...rest] of commands) {
      const { code, stdout } = await new Desk().cli(['help', verb]);
      expect(code, verb).toBe(0);
      const inner = (await new Desk().cli(['help', verb, rest[0] ?? ''])).stdout;
      for (const flag of rest.filter((word) => word.startsWith('--')))
        expect(`${stdout}${inner}--json --db --as-of`, `${verb} ${flag}`).toContain(flag);
    }
  });

  it('lists every exit code', () => {
    for (const code of Object.values(EXIT)) expect(README).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });
});
