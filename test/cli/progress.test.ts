import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createContext } from '../../src/machine.js';
import { Store } from '../../src/io/store.js';
import { localDate } from '../../src/law/dates.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'inkasso-framdrift-'));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** What is written to stderr while a rate is added to a database so slow that every look at the clock is 2 s later. */
async function whileAdding(how: { json?: boolean; quiet?: boolean; isTTY?: boolean }): Promise<string> {
  const path = join(folder, `${Math.random()}`, 'inkasso.db');
  const made = Store.create(path, SETTINGS);
  made.register(DEBTOR, (id) => [registration(id, '1001')], AT);
  made.close();
  let seconds = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (seconds += 2) * 1000);
  let said = '';
  const { json = false, quiet = false, isTTY = true } = how;
  const context = createContext({
    ...{
      db: path,
      json,
      quiet,
      today: AT.today,
      realToday: AT.today,
      env: {},
      platform: 'linux',
      cwd: folder,
    },
    machine: () => ({ date: AT.today, timeZone: 'Europe/Oslo' }),
    ask: null,
    instant: () => AT.instant,
    stderr: { write: (text: string) => (said += text), isTTY },
  });
  context.store().addRate(
    {
      table: 'forsinkelsesrente',
      from: localDate('2027-01-01'),
      value: '12.00',
      source: 'FOR-2026-12-20-1',
    },
    AT,
  );
  await context.close();
  return said;
}

it('shows how far the register has come where it takes its time, and leaves nothing behind', async () => {
  const said = await whileAdding({});
  expect(said).toContain('0/1 saker');
  expect(said.endsWith('\r\u001b[K')).toBe(true);
});

it.each([{ json: true }, { quiet: true }, { isTTY: false }])('shows nothing with %o', async (how) => {
  expect(await whileAdding(how)).toBe('');
});
