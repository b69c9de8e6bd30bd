import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { claim, CONSUMER, Desk, DUE, shareBrowser } from '../support/cli.js';

shareBrowser();
const DAY = '2026-08-20';

interface Copied {
  readonly file: string;
  readonly bytes: number;
  readonly cases: number;
  readonly letters: number;
}

describe('backup and restore', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    await desk.run(DAY, '--sent');
  });

  it('bring back everything as it was, letters too, after it was lost', async () => {
    mkdirSync(desk.path('usb'));
    const copied = await desk.ok<Copied>(DAY, 'backup', desk.path('usb'));
    expect(copied).toMatchObject({ file: desk.path('usb/inkasso-2026-08-20.db'), cases: 1, letters: 1 });
    expect(copied.bytes).toBe(statSync(copied.file).size);
    const shown = await desk.show(DAY);
    const { tables } = desk.stored();
    writeFileSync(desk.database, 'SQLite format 3\0 og så bare søppel');
    expect(await desk.refused(DAY, 'show', '1')).toMatchObject({ exit: 1, code: 'DB_UNREADABLE' });
    await desk.ok(DAY, 'restore', copied.file, '--yes');
    expect(await desk.show(DAY)).toEqual(shown);
    expect(desk.stored().tables).toEqual(tables);
    expect((await desk.json(DAY, ['check'])).code).toBe(0);
  });

  it('replace nothing without being told', async () => {
    const copied = await desk.ok<Copied>(DAY, 'backup', desk.path('kopi.db'));
    await desk.ok(DAY, ...claim('2', '1000', DUE));
    const stood = desk.stored();
    const again = await desk.refused(DAY, 'backup', copied.file);
    expect(again).toMatchObject({ exit: 2, code: 'FILE_EXISTS' });
    expect(again.hint).toContain('--yes');
    const refused = await desk.refused(DAY, 'restore', copied.file);
    expect(refused).toMatchObject({ exit: 2, code: 'DB_EXISTS' });
    expect(refused.hint).toContain('--yes');
    expect(desk.stored()).toEqual(stood);
    await desk.ok(DAY, 'backup', copied.file, '--yes');
    expect(desk.stored().files).not.toEqual(stood.files);
  });

  it('say in one sentence what is wrong with a copy, and leave the database alone', async () => {
    const { file } = await desk.ok<Copied>(DAY, 'backup', desk.path('skadet.db'));
    const bytes = readFileSync(file);
    bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 5000);
    writeFileSync(file, bytes);
    const stood = desk.stored();
    const damaged = await desk.refused(DAY, 'restore', file, '--yes');
    expect(damaged).toMatchObject({ exit: 1, code: 'DB_UNREADABLE' });
    expect(damaged.message).toMatch(/skadet, og er ikke hentet fram/);
    const missing = await desk.refused(DAY, 'restore', desk.path('ingen.db'));
    expect(missing).toMatchObject({ exit: 4, code: 'DB_MISSING' });
    const other = await desk.refused(DAY, 'restore', desk.path('..'), '--yes');
    expect(other).toMatchObject({ exit: 2, code: 'DB_NOT_OURS' });
    expect(desk.stored()).toEqual(stood);
  });
});
