import { evolve } from '../case/history.js';
import type { CaseEvent } from '../case/events.js';
import type { Judgement } from '../case/judgement.js';
import type { Case } from '../case/case.js';
import type { Settings } from '../case/settings.js';
import { CHAIN_START, chainHash, sha256, type EventRow } from './chain.js';
import type { Db } from './sqlite.js';
import { checkTexts, erasedCases, readEvents, readFacts } from './event-text.js';
import { projectionOf } from './projection.js';

/** Something in the database that does not hold together. */
export interface Finding {
  readonly code: 'SETTING' | 'CHAIN' | 'HISTORY' | 'PROJECTION' | 'LETTER' | 'SUM' | 'DATABASE';
  readonly message: string;
}

/** Verifies the database from the bottom up: SQLite itself, the settings, the hash chain, every case, every letter. */
export async function checkDatabase(
  db: Db,
  settings: Settings,
  judge: (c: Case) => Judgement,
): Promise<Finding[]> {
  // Only what checks needs the package that knows every setting.
  const { settingFindings } = await import('../case/settings-schema.js');
  const impossible = settingFindings(settings);
  const chain = checkChain(db);
  return [
    ...checkSqlite(db),
    ...impossible,
    ...chain.findings,
    ...textFindings(db),
    // What is reckoned with settings nobody could have made says nothing of the register.
    ...checkCases(db, impossible.length === 0 ? judge : null, chain.suspect),
    ...checkLetters(db),
  ];
}

function checkSqlite(db: Db): Finding[] {
  const answer = db.pragma('integrity_check', { simple: true });
  return answer === 'ok' ? [] : [{ code: 'DATABASE', message: `SQLite melder: ${String(answer)}` }];
}

interface ChainFindings {
  readonly findings: Finding[];
  /** Cases with an event that is not the one that was recorded: what it adds up to is not asked. */
  readonly suspect: ReadonlySet<number>;
}

/** Any event edited, removed or moved breaks the chain at its place; the first break is named. */
function checkChain(db: Db): ChainFindings {
  const findings: Finding[] = [];
  const suspect = new Set<number>();
  let before = CHAIN_START;
  let expected = 1;
  for (const row of db.prepare('SELECT * FROM event ORDER BY seq').iterate() as Iterable<EventRow>) {
    const place = `hendelse ${row.seq} (sak ${row.case_id}, nr. ${row.version})`;
    if (row.seq !== expected)
      findings.push({ code: 'CHAIN', message: `Kjeden mangler hendelse ${expected} foran ${place}.` });
    if (chainHash(before, row) !== row.hash) {
      suspect.add(row.case_id);
      findings.push({ code: 'CHAIN', message: `Kjeden brytes ved ${place}: den er endret.` });
    }
    before = row.hash;
    expected = row.seq + 1;
  }
  return { findings: findings.slice(0, 1), suspect };
}

function textFindings(db: Db): Finding[] {
  return checkTexts(db).map((message) => ({ code: 'CHAIN', message }));
}

function checkCases(db: Db, judge: ((c: Case) => Judgement) | null, suspect: ReadonlySet<number>): Finding[] {
  const findings: Finding[] = [];
  const numbers = db.prepare('SELECT DISTINCT case_id FROM event ORDER BY case_id').pluck().all() as number[];
  const rowOf = db.prepare('SELECT * FROM claim WHERE number = ?');
  for (const number of numbers) {
    if (suspect.has(number)) continue;
    try {
      const events = readEvents(db, number);
      const c = evolve(number, events);
      findings.push(...checkSums(c, events));
      if (judge === null) continue;
      findings.push(...checkRow((rowOf.get(number) ?? {}) as Record<string, unknown>, judge(c)));
    } catch (fault) {
      findings.push({
        code: 'HISTORY',
        message: `Sak ${number} kan ikke leses: ${fault instanceof Error ? fault.message : String(fault)}`,
      });
    }
  }
  const orphans = db
    .prepare('SELECT number FROM claim WHERE number NOT IN (SELECT case_id FROM event)')
    .pluck()
    .all() as number[];
  return [
    ...findings,
    ...orphans.map((number): Finding => ({
      code: 'PROJECTION',
      message: `Sak ${number} står i registeret uten hendelser.`,
    })),
  ];
}

/** The register says of a case what its events add up to. */
function checkRow(stored: Readonly<Record<string, unknown>>, j: Judgement): Finding[] {
  // Words may change from one version of the program to the next; facts may not.
  return Object.entries(projectionOf(j)).flatMap(([column, value]) =>
    column === 'why_text' || stored[column] === value
      ? []
      : [
          {
            code: 'PROJECTION' as const,
            message: `Sak ${j.case.number}: ${column} er ${String(stored[column])}, men hendelsene gir ${String(value)}.`,
          },
        ],
  );
}

/** The total on a letter is the sum of its lines. */
function checkSums(c: Case, events: readonly CaseEvent[]): Finding[] {
  return events.flatMap((event) => {
    if (event.type !== 'letterGenerated') return [];
    const { letter, principalOre, interestOre, costsOre, totalOre } = event;
    return principalOre + interestOre + costsOre === totalOre
      ? []
      : [
          {
            code: 'SUM' as const,
            message: `Brev ${letter} i sak ${c.number}: summen stemmer ikke med linjene.`,
          },
        ];
  });
}

/** Every letter is the one that was made, and every letter in the history exists. */
function checkLetters(db: Db): Finding[] {
  const made = new Map<number, { number: number; hash: string }>();
  const events = db
    .prepare(`SELECT case_id, payload FROM event WHERE type = 'letterGenerated'`)
    .all() as Pick<EventRow, 'case_id' | 'payload'>[];
  for (const { case_id: number, payload } of events) {
    const facts = readFacts(payload);
    // What cannot be read is told by the chain.
    if (facts !== null) made.set(facts['letter'] as number, { number, hash: facts['pdfSha256'] as string });
  }
  const erased = erasedCases(db);
  const findings: Finding[] = [];
  for (const row of db.prepare('SELECT id, case_id, sha256, pdf FROM letter').iterate() as Iterable<{
    id: number;
    case_id: number;
    sha256: string;
    pdf: Uint8Array;
  }>) {
    const known = made.get(row.id);
    made.delete(row.id);
    if (known?.number !== row.case_id)
      findings.push({ code: 'LETTER', message: `Brev ${row.id} finnes uten hendelse i sak ${row.case_id}.` });
    else if (row.pdf.length === 0 && !erased.has(row.case_id))
      findings.push({
        code: 'LETTER',
        message: `PDF-en til brev ${row.id} i sak ${row.case_id} er tatt bort.`,
      });
    else if (known.hash !== row.sha256 || (row.pdf.length > 0 && sha256(row.pdf) !== row.sha256)) {
      findings.push({
        code: 'LETTER',
        message: `PDF-en til brev ${row.id} i sak ${row.case_id} er ikke den som ble laget.`,
      });
    }
  }
  for (const [letter, { number }] of made)
    findings.push({ code: 'LETTER', message: `Brev ${letter} i sak ${number} mangler PDF.` });
  return findings;
}
