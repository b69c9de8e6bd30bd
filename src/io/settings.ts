import { isShippedPolicy, POLICIES, type Policy } from '../case/policy.js';
import type { Terms } from '../case/judgement.js';
import { termsOf, type Settings } from '../case/settings.js';
import { STARTING_SETTINGS } from '../case/starting-settings.js';
import { loadRates, type AddedRate, type Rates } from '../law/rates.js';
import { prepared, type Db } from './sqlite.js';

/** The creditor's choices, the rates and the ladders of a database, each read once. */
export class SettingsTables {
  private settingsCache: Settings | null = null;
  private termsCache: Terms | null = null;
  private ratesCache: Rates | null = null;

  constructor(private readonly db: Db) {}

  settings(): Settings {
    if (this.settingsCache === null) {
      const rows = this.db.prepare('SELECT key, value FROM setting').all() as {
        key: string;
        value: string;
      }[];
      const entries = rows.map(({ key, value }) => [key, JSON.parse(value) as unknown] as const);
      // Checked where they come in, and by `inkasso check`; what a newer version asks has its starting value.
      this.settingsCache = { ...STARTING_SETTINGS, ...(Object.fromEntries(entries) as Settings) };
    }
    return this.settingsCache;
  }

  terms(): Terms {
    this.termsCache ??= termsOf(this.settings());
    return this.termsCache;
  }

  write(settings: Settings): void {
    writeSettings(this.db, settings);
    this.settingsCache = null;
    this.termsCache = null;
  }

  rates(): Rates {
    this.ratesCache ??= loadRates(this.addedRates());
    return this.ratesCache;
  }

  addedRates(): AddedRate[] {
    return this.db
      .prepare('SELECT name AS "table", valid_from AS "from", value, source FROM rate ORDER BY id')
      .all() as AddedRate[];
  }

  /** `recordedAt`: UTC, ISO 8601. */
  addRate(rate: AddedRate, recordedAt: string): void {
    this.db
      .prepare('INSERT INTO rate (name, valid_from, value, source, recorded_at) VALUES (?, ?, ?, ?, ?)')
      .run(rate.table, rate.from, rate.value, rate.source, recordedAt);
    this.ratesCache = null;
  }

  policy(name: string): Policy | null {
    if (isShippedPolicy(name)) return POLICIES[name];
    const row = prepared(this.db, 'SELECT body FROM policy WHERE name = ?').get(name) as
      { body: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.body) as Policy);
  }

  /** Keeps a ladder of the user's own. False when the name already means another ladder. */
  addPolicy(policy: Policy): boolean {
    const body = JSON.stringify(policy);
    this.db
      .prepare('INSERT INTO policy (name, body) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(policy.name, body);
    return JSON.stringify(this.policy(policy.name)) === body;
  }
}

export function writeSettings(db: Db, settings: Settings): void {
  const insert = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  for (const [key, value] of Object.entries(settings)) insert.run(key, JSON.stringify(value));
}
