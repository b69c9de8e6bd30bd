import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/case/settings-schema.js';
import { STARTING_SETTINGS } from '../../src/case/starting-settings.js';
import { osloDate } from '../../src/program/world.js';
import { claim, Desk, DUE, shareBrowser } from '../support/cli.js';
import { SETTINGS } from '../support/store.js';

shareBrowser();
const DAY = '2026-08-20';

interface Checked {
  readonly findings: readonly { readonly code: string }[];
}

describe('the settings a database starts with', () => {
  it('are the ones that would be let in, and nothing is left without one', () => {
    expect(settingsSchema.parse(SETTINGS)).toEqual(SETTINGS);
    const { name, orgnr, address, zip, city, account } = SETTINGS;
    expect({ ...STARTING_SETTINGS, name, orgnr, address, zip, city, account }).toEqual(SETTINGS);
  });

  it('stand in for what an older database has not heard of', async () => {
    const desk = await Desk.open();
    const db = new Database(desk.database);
    db.prepare("DELETE FROM setting WHERE key IN ('grace', 'letterCost')").run();
    db.close();
    const { settings } = await desk.ok<{ settings: object }>(DAY, 'config', 'list');
    expect(settings).toMatchObject({ grace: 3, letterCost: null });
  });

  it.each([
    ['deadlineDays', '5'],
    // So many bank days would never be counted to the end.
    ['grace', '1000000000000'],
  ])('a setting that could never have been set is found by check: %s %s', async (key, value) => {
    const desk = await Desk.open();
    await desk.ok('2026-08-01', ...claim('1', '1000', DUE));
    await desk.ok('2026-08-20', 'run', '--sent');
    const db = new Database(desk.database);
    db.prepare('UPDATE setting SET value = ? WHERE key = ?').run(value, key);
    db.close();
    const check = await desk.json<Checked>(DAY, ['check']);
    expect(check).toMatchObject({ code: 6, document: { data: { findings: [{ code: 'SETTING' }] } } });
    expect(check.document.data.findings).toHaveLength(1);
    expect((await desk.on(DAY, 'backup', desk.path('kopi.db'))).code).toBe(0);
    const restored = await desk.refused(DAY, 'restore', desk.path('kopi.db'), '--yes');
    expect(restored.message).toContain(`Innstillingen ${key}: `);
    // The history is read all the same.
    const history = new Database(desk.database);
    history.exec('DROP TRIGGER event_is_not_changed');
    history.exec(`UPDATE event SET happened_on = '2026-07-01' WHERE seq = 1`);
    history.close();
    const both = (await desk.json<Checked>(DAY, ['check'])).document.data.findings;
    expect(both.map(({ code }) => code)).toEqual(['SETTING', 'CHAIN']);
  });
});

it('the date in Norway is the one the tables of time zones give, at every instant', () => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' });
  const instants = fc.date({
    min: new Date('1990-01-01T00:00:00Z'),
    max: new Date('2060-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.integer({ min: 20, max: 24 }), (instant, hour) => {
      expect(osloDate(instant)).toBe(format.format(instant));
      const evening = new Date(instant);
      evening.setUTCHours(hour, instant.getUTCMinutes());
      expect(osloDate(evening)).toBe(format.format(evening));
    }),
    { numRuns: 1000 },
  );
});
