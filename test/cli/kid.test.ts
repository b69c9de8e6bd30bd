import { beforeEach, describe, expect, it } from 'vitest';
import { claim, CREDITOR, Desk, readPdf, shareBrowser } from '../support/cli.js';
import { ocrFile } from '../support/ocr.js';

shareBrowser();

const DUE = '2026-08-03';
const DAY = '2026-08-20';
const LATER = '2026-09-10';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});

async function add(count: number, ...more: readonly string[]): Promise<void> {
  for (let n = 1; n <= count; n += 1) await desk.ok(DAY, ...claim(`F-${n}`, `${n}000`, DUE, ...more));
}

async function kidOf(number: number, day = DAY): Promise<string | null> {
  const { case: shown } = await desk.ok<{ case: { kid: string | null } }>(day, 'show', String(number));
  return shown.kid;
}

async function paid(number: number, day: string): Promise<number> {
  return (await desk.show(day, String(number))).claim.paidOre;
}

/** A payment as the bank tells it of in an OCR giro file. */
async function pay(day: string, kid: string, ore: number): Promise<void> {
  const nets = `${day.slice(8)}${day.slice(5, 7)}${day.slice(2, 4)}`;
  const file = ocrFile([{ account: CREDITOR.account, payments: [{ ore, kid, nets }] }]);
  await desk.ok(day, 'import', desk.write(`ocr-${kid}.txt`, file));
}

describe('KID that the creditor has agreed on with the bank', () => {
  it('stands in the letter, and brings the payment back to its case', async () => {
    await desk.ok(DAY, 'config', 'set', 'kid', 'mod11:9');
    await add(4);
    const { letters } = await desk.run(DAY, '--sent');
    const kids: string[] = [];
    for (const { case: number, pdf } of letters) {
      const kid = (await kidOf(number)) ?? '';
      expect((await readPdf(pdf)).text.replace(/\s+/g, ' ')).toContain(`KID ${kid}`);
      kids[number] = kid;
    }
    // 40 has no check digit with mod 11.
    expect(kids.slice(1)).toEqual(['000000108', '000000205', '000000302', '000000418']);
    await pay('2026-08-27', kids[4] ?? '', 150_000);
    expect(await paid(4, '2026-08-27')).toBe(150_000);
    expect(await paid(3, '2026-08-27')).toBe(0);
    expect((await desk.on(DAY, 'check')).code).toBe(0);
  });

  it('stays the same from letter to letter, and is still known when another is agreed on', async () => {
    await desk.ok(DAY, 'config', 'set', 'kid', 'mod10:9');
    await add(1);
    await desk.run(DAY, '--sent');
    const first = (await kidOf(1)) ?? '';
    expect((await desk.run(LATER, '--sent')).letters).toHaveLength(1);
    expect(await kidOf(1, LATER)).toBe(first);
    await desk.ok(LATER, 'config', 'set', 'kid', 'mod10:12:77');
    const [letter] = (await desk.run('2026-10-05', '--sent')).letters;
    const second = (await kidOf(1, '2026-10-05')) ?? '';
    expect(second).toMatch(/^77\d{10}$/);
    expect((await readPdf(letter?.pdf ?? '')).text).toContain(second);
    await pay('2026-10-07', first, 10_000);
    await pay('2026-10-08', second, 20_000);
    expect(await paid(1, '2026-10-08')).toBe(30_000);
  });

  it('is never one that another invoice brought', async () => {
    await desk.ok(DAY, 'config', 'set', 'kid', 'mod10:7');
    await desk.ok(DAY, ...claim('egen', '1000', DUE, '--kid', '0000208'));
    await desk.ok(DAY, ...claim('uten', '1000', DUE));
    await desk.run(DAY, '--sent');
    expect([await kidOf(1), await kidOf(2)]).toEqual(['0000208', '0000216']);
    await pay('2026-08-27', '0000216', 5_000);
    expect([await paid(1, '2026-08-27'), await paid(2, '2026-08-27')]).toEqual([0, 5_000]);
  });

  it('is not made without an agreement, nor for a debtor abroad', async () => {
    await add(1);
    const [none] = (await desk.run(DAY, '--sent')).letters;
    expect((await readPdf(none?.pdf ?? '')).text).toMatch(/Merk betalingen med\s+faktura F-1/);
    await desk.ok(DAY, 'config', 'set', 'kid', 'mod10:7');
    await desk.ok(DAY, ...claim('F-2', '1000', DUE, '--country', 'SE', '--debtor', 'Öst AB'));
    const [abroad] = (await desk.run(DAY, '--case', '2')).letters;
    expect((await readPdf(abroad?.pdf ?? '')).text).toMatch(/Merk betalingen med\s+faktura F-2/);
    expect([await kidOf(1), await kidOf(2)]).toEqual([null, null]);
  });

  it('goes back to the invoice number when the agreement ends; the letters that had it stay known', async () => {
    await desk.ok(DAY, 'config', 'set', 'kid', 'mod10:7');
    await add(1);
    await desk.run(DAY, '--sent');
    await desk.ok(DAY, 'config', 'set', 'kid', '');
    const [letter] = (await desk.run(LATER)).letters;
    expect((await readPdf(letter?.pdf ?? '')).text).toMatch(/Merk betalingen med\s+faktura F-1/);
    await pay('2026-09-14', '0000109', 5_000);
    expect(await paid(1, '2026-09-14')).toBe(5_000);
  });

  it('is refused where it is no agreement, with an example', async () => {
    const refused = await desk.refused(DAY, 'config', 'set', 'kid', 'ja');
    expect(refused).toMatchObject({ exit: 2, message: expect.stringContaining('som mod10:10') });
    expect(await desk.ok(DAY, 'config', 'get', 'kid')).toEqual({ key: 'kid', value: null });
  });
});
