import { chmodSync, copyFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, Desk, readPdf, sha256, shareBrowser, type RunData } from '../support/cli.js';
import { CERTIFICATE, OTHER_CERTIFICATE, startPost, type Mood, type Post } from '../support/smtp.js';

shareBrowser();

const DAY = '2026-03-17';
const NOW = { now: `${DAY}T10:00:00Z` };

interface Mailed extends RunData {
  readonly mailed: readonly { letter: number; case: number; address: string; messageId: string }[];
  readonly notMailed: readonly { letter: number; code: string; reason: string }[];
}

let mood: Mood = 'takes';
let post: Post;
let desk: Desk;
/** Done when the server is told whom a letter is for. */
let onLetter = (): void => undefined;

beforeAll(async () => {
  post = await startPost(() => {
    onLetter();
    return mood;
  });
});
afterAll(() => post.close());

/** Kari can be reached by e-mail, Ola has an address but no basis, and the business has neither. */
beforeEach(async () => {
  mood = 'takes';
  onLetter = () => undefined;
  (post.received as unknown[]).length = 0;
  (post.logins as unknown[]).length = 0;
  desk = await Desk.open();
  const claim = (invoice: string, ...more: string[]): string[] => [
    ...[
      '--invoice',
      invoice,
      '--amount',
      '1250',
      '--due',
      '2026-03-02',
      '--type',
      'consumer',
      ...ADDRESS,
      ...more,
    ],
  ];
  await desk.add(
    '2026-03-05',
    ...claim('1001', '--debtor', 'Kari Oppdiktet', '--email', 'kari@kunde.example'),
  );
  await desk.add('2026-03-05', ...claim('1002', '--debtor', 'Ola Oppdiktet', '--email', 'ola@kunde.example'));
  await desk.ok(
    '2026-03-05',
    'debtor',
    'edit',
    '1',
    '--electronic-basis',
    'svarte på faktura 1001 fra adressen',
  );
  await configure(desk, post.port);
});

async function configure(at: Desk, port: number): Promise<void> {
  const settings = { smtpHost: 'localhost', smtpPort: String(port), smtpUser: 'post', smtpCa: CERTIFICATE };
  for (const [key, value] of Object.entries(settings)) await at.ok('2026-03-05', 'config', 'set', key, value);
  const file = at.write('passord.txt', 'hemmelig 1\n');
  chmodSync(file, 0o600);
  await at.ok('2026-03-05', 'config', 'set', 'passwordFile', file);
}

async function mail(
  args: readonly string[],
): Promise<{ code: number; data: Mailed; warnings: readonly string[] }> {
  const { code, document } = await desk.json<Mailed>(DAY, args, NOW);
  expect(document).not.toHaveProperty('error');
  return { code, data: document.data, warnings: document.warnings.map((warning) => warning.code) };
}

/** The parts of a message: headers, and the bodies of its parts by type. */
function read(raw: string): { headers: string; parts: { head: string; body: string }[] } {
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? '';
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...body] = part.trimStart().split('\r\n\r\n');
      return { head, body: body.join('\r\n\r\n') };
    });
  return { headers, parts };
}

describe('run --email', () => {
  it('mails to those who may be mailed, over TLS, with the letter as it is stored; the rest is printed', async () => {
    const { code, data } = await mail(['run', '--email']);
    expect(code).toBe(0);
    expect(data.mailed.map(({ letter, address }) => [letter, address])).toEqual([[1, 'kari@kunde.example']]);
    expect(post.received).toHaveLength(1);
    const [message] = post.received;
    expect(message).toMatchObject({
      to: ['kari@kunde.example'],
      from: 'post@proveverkstedet.example',
      secure: true,
    });
    const { headers, parts } = read(message?.raw ?? '');
    expect(headers).toContain(`Message-ID: ${data.mailed[0]?.messageId}`);
    expect(headers).not.toMatch(/1001|inkasso|purring|gebyr|betal/i);
    const words = parts.find(({ head }) => head.includes('text/plain'));
    expect(words?.body).not.toMatch(/1001|inkasso|purring|gebyr|betal/i);
    const pdf = parts.find(({ head }) => head.includes('application/pdf'));
    expect(pdf?.head).toContain('brev-1.pdf');
    const { letters } = await desk.show(DAY, '1');
    expect(sha256(Buffer.from(pdf?.body ?? '', 'base64'))).toBe(letters[0]?.sha256);
    expect(letters[0]).toMatchObject({ state: 'sent', sentOn: DAY, channel: 'email' });
    const sent = (await desk.show(DAY, '1')).events.find(({ type }) => type === 'letterSent');
    expect(sent).toMatchObject({
      address: 'kari@kunde.example',
      basis: 'svarte på faktura 1001 fra adressen',
      messageId: data.mailed[0]?.messageId,
    });
    // Only the other letter is left to post, and it waits for confirmation.
    expect((await readPdf(data.print ?? '')).text).toContain('Ola Oppdiktet');
    expect((await readPdf(data.print ?? '')).text).not.toContain('Kari Oppdiktet');
    expect(data.waiting.map(({ letter }) => letter)).toEqual([2]);
    expect(await desk.ok(DAY, 'check')).toBeDefined();
  });

  it('writes the print file when the mail is gone; cut short before, the next run finishes the letters', async () => {
    const printed = (at: Desk): string[] => at.pdfs().filter((path) => path.includes('utskrift'));
    const cut = new Desk();
    let seen: string[] | null = null;
    onLetter = () => {
      if (seen !== null) return;
      seen = printed(desk);
      // What a power cut at this moment would leave.
      for (const end of ['', '-wal']) copyFileSync(desk.database + end, cut.database + end);
    };
    const { data } = await mail(['run', '--email']);
    expect(seen).toEqual([]);
    expect(printed(desk)).toHaveLength(1);
    expect(data.waiting.map(({ letter }) => letter)).toEqual([2]);

    const { code, document } = await cut.json<Mailed>(DAY, ['run'], NOW);
    expect(code).toBe(0);
    expect(document.warnings.map((warning) => warning.code)).toContain('RESUMED');
    expect(document.data.letters).toEqual([]);
    expect(printed(cut)).toHaveLength(1);
    const { text } = await readPdf(cut.path('brev', DAY, 'utskrift-2026-03-17-1.pdf'));
    expect(text).toContain('Ola Oppdiktet');
    expect(text).toContain('Kari Oppdiktet');
    expect(document.data.waiting.map(({ letter }) => letter)).toEqual([1, 2]);
    expect(await cut.ok(DAY, 'check')).toBeDefined();
  });

  it('prints nothing where everything is mailed', async () => {
    const { code, data } = await mail(['run', '--email', '--case', '1']);
    expect(code).toBe(0);
    expect(data).toMatchObject({ batch: 1, print: null, waiting: [], mailed: [{ letter: 1 }] });
    expect(desk.pdfs().filter((path) => path.includes('utskrift'))).toEqual([]);
    expect((await mail(['run'])).warnings).not.toContain('RESUMED');
  });

  it('prints what could not be mailed with the rest', async () => {
    mood = 'refusesRecipient';
    const { data } = await mail(['run', '--email']);
    const { text, pages } = await readPdf(data.print ?? '');
    expect(pages).toBe(2);
    expect(text).toContain('Ola Oppdiktet');
    expect(text).toContain('Kari Oppdiktet');
  });

  it('mails the rest of a batch, and names the letter of it that was taken back', async () => {
    await desk.run(DAY);
    await desk.ok(DAY, 'pay', '2', '1');
    const { data, warnings } = await mail(['sent', '1', '--channel', 'email']);
    expect(data.notMailed).toEqual([]);
    expect(post.received).toHaveLength(1);
    expect(warnings).toEqual(['LETTER_WITHDRAWN']);
  });

  it('leaves a letter the server refuses unsent, says so, and sends it when it is tried again', async () => {
    for (const [how, said] of [
      ['refusesRecipient', 'No such user here'],
      ['refusesMessage', 'Message rejected as spam'],
    ] as const) {
      mood = how;
      const { code, data, warnings } =
        how === 'refusesRecipient'
          ? await mail(['run', '--email'])
          : await mail(['sent', '--letter', '1', '--channel', 'email']);
      expect(code).toBe(1);
      expect(data.notMailed).toMatchObject([{ letter: 1, code: 'MAIL_REFUSED' }]);
      expect(data.notMailed[0]?.reason).toContain(said);
      expect(warnings).toContain('MAIL_REFUSED');
      expect((await desk.show(DAY, '1')).letters[0]).toMatchObject({ state: 'generated', sentOn: null });
    }
    expect(post.received).toHaveLength(0);
    mood = 'takes';
    const { code, data } = await mail(['sent', '--letter', '1', '--channel', 'email']);
    expect(code).toBe(0);
    expect(data.letters).toMatchObject([{ letter: 1, case: 1, sentOn: DAY }]);
    expect(post.received).toHaveLength(1);
    expect((await desk.show(DAY, '1')).letters[0]?.state).toBe('sent');
  });

  it('never sends a letter again that the server may have taken', async () => {
    mood = 'hangsUpAfter';
    const { code, data } = await mail(['run', '--email']);
    expect(code).toBe(1);
    expect(data.notMailed).toMatchObject([{ letter: 1, code: 'MAIL_UNKNOWN' }]);
    expect(post.received).toHaveLength(1);
    mood = 'takes';
    const again = await mail(['sent', '--letter', '1', '--channel', 'email']);
    expect(again.data.notMailed).toMatchObject([{ letter: 1, code: 'MAIL_UNKNOWN' }]);
    expect((await mail(['run', '--email'])).data.mailed).toEqual([]);
    expect(post.received).toHaveLength(1);
    // The user has looked, and knows.
    await desk.ok(DAY, 'sent', '--letter', '1', '--channel', 'email', '--by-hand');
    expect((await desk.show(DAY, '1')).letters[0]).toMatchObject({ state: 'sent', channel: 'email' });
    expect(post.received).toHaveLength(1);
  });

  it('may try again when the line broke before the letter was handed over', async () => {
    mood = 'hangsUp';
    expect((await mail(['run', '--email'])).data.notMailed).toMatchObject([
      { letter: 1, code: 'MAIL_REFUSED' },
    ]);
    mood = 'takes';
    expect((await mail(['sent', '--letter', '1', '--channel', 'email'])).code).toBe(0);
    expect(post.received).toHaveLength(1);
  });

  it('writes to nobody without a recorded basis (L9), and to nobody on another day', async () => {
    await mail(['run', '--email']);
    const error = await desk.json(DAY, ['sent', '--letter', '2', '--channel', 'email'], NOW);
    expect(error).toMatchObject({ code: 3, document: { error: { rule: 'L9' } } });
    expect(await desk.refused('2026-03-18', 'run', '--email')).toMatchObject({ exit: 2 });
    expect(post.received.map(({ to }) => to[0])).toEqual(['kari@kunde.example']);
  });
});

describe('the mail server and the password', () => {
  it('is not used when its certificate is unknown, and nothing is made', async () => {
    await desk.ok('2026-03-05', 'config', 'set', 'smtpCa', OTHER_CERTIFICATE);
    const { data } = await mail(['run', '--email']);
    expect(data.notMailed).toMatchObject([{ letter: 1, code: 'MAIL_REFUSED' }]);
    expect(post.logins).toEqual([]);
    expect(post.received).toEqual([]);
  });

  it('is not used without TLS', async () => {
    const plain = await startPost(() => 'takes', { disabledCommands: ['STARTTLS'] });
    try {
      await desk.ok('2026-03-05', 'config', 'set', 'smtpPort', String(plain.port));
      expect((await mail(['run', '--email'])).data.notMailed).toMatchObject([{ code: 'MAIL_REFUSED' }]);
      expect(plain.logins).toEqual([]);
      expect(plain.received).toEqual([]);
    } finally {
      await plain.close();
    }
  });

  it('takes the password from a command, started without a shell', async () => {
    await desk.ok('2026-03-05', 'config', 'set', 'passwordFile', '');
    const script = desk.write(
      'passord.mjs',
      `console.log('hemmelig ' + process.argv.slice(2).join('|').length);\n`,
    );
    await desk.ok('2026-03-05', 'config', 'set', 'passwordCommand', `"${process.execPath}" "${script}" ;`);
    expect((await mail(['run', '--email'])).code).toBe(0);
    expect(post.logins).toEqual(['hemmelig 1']);
  });

  it('shows the password to nobody, in answers, messages or the database', async () => {
    desk.write('passord.txt', 'et helt annet\n');
    const { stdout, stderr } = await desk.cli(['--db', desk.database, '--json', 'run', '--email'], NOW);
    expect(post.logins).toEqual(['et helt annet']);
    expect(stdout).toContain('MAIL_REFUSED');
    expect(stdout + stderr + JSON.stringify(await desk.show(DAY, '1'))).not.toContain('et helt annet');
  });

  it.each([
    ['smtpHost', '', 'MAIL_SETUP'],
    ['passwordFile', '', 'MAIL_SETUP'],
    ['passwordFile', '/finnes/ikke', 'MAIL_SETUP'],
  ])('says what is missing before anything is made: %s=%j', async (key, value, code) => {
    await desk.ok('2026-03-05', 'config', 'set', key, value);
    const before = desk.stored().tables;
    const { code: exit, document } = await desk.json(DAY, ['run', '--email'], NOW);
    expect(exit).toBe(2);
    expect(document).toMatchObject({ error: { code } });
    expect(desk.stored().tables).toEqual(before);
  });
});
