import { readFileSync } from 'node:fs';
import { dayNumber } from './calendar.js';

export type OracleTable = 'forsinkelsesrente' | 'inkassosats' | 'standardkompensasjon' | 'regime';

/** A figure nobody has published, or written down. */
export class OracleUnknown extends Error {}

export interface OracleRow {
  readonly from: string;
  readonly value: string | null;
}

interface File {
  readonly reviewedThrough: string;
  readonly values: readonly OracleRow[];
}

function read(table: OracleTable): File {
  const path = new URL(`../../src/law/rates/${table}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as File;
}

/** A published figure a user has added: it holds from its date for one period and no longer (I7). */
export interface OracleAdded extends OracleRow {
  readonly table: OracleTable;
  readonly through: string;
}

/** A dated table read straight from its file. */
export class OracleRates {
  private readonly files = new Map<OracleTable, File>();
  private readonly cache = new Map<OracleTable, Map<number, string | null>>();

  constructor(private readonly added: readonly OracleAdded[] = []) {}

  /** The figure on a day, null where none is known. */
  find(table: OracleTable, iso: string): string | null {
    const number = dayNumber(iso);
    let known = this.cache.get(table);
    if (known === undefined) this.cache.set(table, (known = new Map()));
    let value = known.get(number);
    if (value === undefined) known.set(number, (value = this.lookUp(table, iso)));
    return value;
  }

  on(table: OracleTable, iso: string): string {
    const value = this.find(table, iso);
    if (value === null) throw new OracleUnknown(`${table} ${iso}`);
    return value;
  }

  private lookUp(table: OracleTable, iso: string): string | null {
    let file = this.files.get(table);
    if (file === undefined) this.files.set(table, (file = read(table)));
    const shipped = file.values.filter((row) => row.from <= iso).at(-1)?.value ?? null;
    if (shipped !== null && iso <= file.reviewedThrough) return shipped;
    const mine = this.added.filter((row) => row.table === table && row.from <= iso && iso <= row.through);
    return mine.at(-1)?.value ?? null;
  }
}
