import Database from 'better-sqlite3';
import type { CaseEvent } from '../../src/case/events.js';
import { chainHash, CHAIN_START, sha256 } from '../../src/io/chain.js';
import { withFingerprints } from '../../src/io/event-text.js';
import { projectionOf } from '../../src/io/projection.js';
import { createDue } from './database.js';
import { withCheckDigit } from './scale-files.js';
import { lifeOf, SHARES, type Fate, type Life } from './scale-lives.js';

/** Lives of each fate that the claims are copies of. */
const VARIANTS = 12;
/** Claims of each debtor. */
const EACH = 2;
const INSTANT = '2026-08-20T10:00:00.000Z';
/** Letters are left out, as those of an anonymised debtor are: their size is another question. */
const NO_PDF = sha256('');

/** A database of so many claims, eight events each, of which `due` get a letter on the day that is measured. */
export function createScale(path: string, claims: number, due: number): { events: number } {
  createDue(path, 0);
  const db = new Database(path);
  // The file is thrown away; what is written need not survive a power cut.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -262144');
  db.pragma('foreign_keys = ON');
  const lives = new Map<Fate, Life[]>();
  for (const fate of ['due', ...Object.keys(SHARES)] as Fate[]) {
    lives.set(
      fate,
      Array.from({ length: VARIANTS }, (_none, variant) => lifeOf(fate, variant)),
    );
  }
  const writer = new Writer(db);
  db.transaction(() => {
    for (let number = 1; number <= claims; number += 1) {
      const life = lives.get(fateOf(number, claims, due))?.[number % VARIANTS];
      if (life === undefined) throw new Error('no such life');
      writer.write(number, life);
    }
  })();
  db.close();
  return { events: writer.events };
}

/** The due ones lie spread among the others, as they do. */
function fateOf(number: number, claims: number, due: number): Fate {
  if (Math.floor((number * due) / claims) !== Math.floor(((number - 1) * due) / claims)) return 'due';
  let left = (number * 37) % 100;
  for (const [fate, share] of Object.entries(SHARES)) {
    if (left < share) return fate as Fate;
    left -= share;
  }
  return 'paid';
}

class Writer {
  events = 0;
  private hash = CHAIN_START;
  private letters = 0;
  private readonly projections = new Map<Life, Record<string, string | number | null>>();
  private readonly insertEvent;
  private readonly insertText;
  private readonly insertDebtor;
  private readonly insertLetter;
  private insertClaim: Database.Statement | null = null;

  constructor(private readonly db: Database.Database) {
    db.prepare('INSERT INTO batch (made_on, recorded_at, finished_at) VALUES (?, ?, ?)').run(
      ...['2026-08-01', INSTANT, INSTANT],
    );
    this.insertEvent = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.insertText = db.prepare('INSERT INTO event_text VALUES (?, ?, ?, ?, ?)');
    this.insertDebtor = db.prepare(
      `INSERT INTO debtor (id, name, type, address, zip, city, country, language)
       VALUES (?, ?, 'consumer', ?, '0150', 'Oslo', 'NO', 'nb')`,
    );
    this.insertLetter = db.prepare(
      `INSERT INTO letter (case_id, batch_id, file_name, sha256, pages, pdf) VALUES (?, 1, ?, ?, 1, x'')`,
    );
  }

  write(number: number, life: Life): void {
    const debtor = Math.ceil(number / EACH);
    if (number % EACH === 1) this.insertDebtor.run(debtor, `Kari Fiktiv ${debtor}`, `Tenktveien ${debtor}`);
    const first = this.letters;
    for (const event of life.events) this.writeEvent(number, debtor, event, first);
    this.project(number, debtor, life, first);
  }

  private writeEvent(number: number, debtor: number, event: CaseEvent, first: number): void {
    const { version, happenedOn, recordedOn, type, ...facts } = event;
    const own = {
      ...('invoice' in facts ? { ...invoice(number), debtorId: debtor } : {}),
      ...('letter' in facts ? { letter: first + facts.letter } : {}),
      ...('pdfSha256' in facts ? { pdfSha256: NO_PDF } : {}),
    };
    const { payload, texts } = withFingerprints({ ...facts, ...own });
    this.events += 1;
    const row = {
      seq: this.events,
      case_id: number,
      version,
      type,
      happened_on: happenedOn,
      recorded_on: recordedOn,
      recorded_at: INSTANT,
      payload: JSON.stringify(payload),
    };
    this.hash = chainHash(this.hash, row);
    this.insertEvent.run(...Object.values(row), this.hash);
    for (const { field, salt, text } of texts) this.insertText.run(number, version, field, salt, text);
    if (type === 'letterGenerated') {
      this.letters += 1;
      this.insertLetter.run(number, `sak-${number}.pdf`, NO_PDF);
    }
  }

  /** The same history has the same row, but for who and what it is about. */
  private project(number: number, debtor: number, life: Life, first: number): void {
    let row = this.projections.get(life);
    if (row === undefined) this.projections.set(life, (row = projectionOf(life.judgement)));
    const own: Record<string, string | number | null> = {
      ...row,
      number,
      debtor_id: debtor,
      ...invoice(number),
    };
    if (own['unconfirmed_letter'] !== null) throw new Error(`letter ${first} is not confirmed`);
    const columns = Object.keys(own);
    this.insertClaim ??= this.db.prepare(
      `INSERT INTO claim (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.insertClaim.run(...Object.values(own));
  }
}

function invoice(number: number): { invoice: string; kid: string } {
  return { invoice: String(10_000_000 + number), kid: withCheckDigit(String(10_000_000 + number)) };
}
