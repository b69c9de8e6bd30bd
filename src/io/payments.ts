import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { prepared, type Db } from './sqlite.js';

export type Settled = 'open' | 'booked' | 'aside' | 'same';

/** A movement as the bank told it. Amounts in øre. */
export interface PaymentFacts {
  readonly source: string;
  readonly account: string;
  readonly direction: 'in' | 'back';
  readonly paidOn: LocalDate;
  readonly bookedOn: LocalDate;
  readonly amountOre: Ore;
  /** Several are parted by blanks. */
  readonly kid: string | null;
  readonly payer: string | null;
  readonly payerAccount: string | null;
  readonly text: string | null;
  readonly batch: string | null;
}

/** What has become of it. */
export interface PaymentFate {
  readonly match: string;
  readonly why: string | null;
  readonly settled: Settled;
  readonly sameAs: number | null;
}

export interface StoredPayment extends PaymentFacts, PaymentFate {
  readonly id: number;
  readonly file: string;
  readonly place: string;
}

/** An event of a case that an imported movement became. */
export interface PaymentUse {
  readonly payment: number;
  readonly case: number;
  readonly version: number;
  readonly source: string;
  readonly account: string;
}

const COLUMNS = `p.id, p.source, p.account, p.direction, p.paid_on AS paidOn, p.booked_on AS bookedOn,
  p.amount_ore AS amountOre, p.kid, p.payer, p.payer_account AS payerAccount, p.text, p.batch, p.match, p.why,
  p.settled, p.same_as AS sameAs, f.name AS file, r.place`;
const FROM = `FROM payment p JOIN import_record r ON r.id = p.record_id JOIN import_file f ON f.id = r.file_id`;

/** Movements on the creditor's accounts, and what became of them. */
export class Payments {
  constructor(private readonly db: Db) {}

  private sql(text: string): ReturnType<typeof prepared> {
    return prepared(this.db, text);
  }

  add(record: number, facts: PaymentFacts, fate: PaymentFate): number {
    return Number(
      this.sql(
        `INSERT INTO payment (record_id, source, account, direction, paid_on, booked_on, amount_ore, kid, payer,
           payer_account, text, batch, match, why, settled, same_as)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        record,
        facts.source,
        facts.account,
        facts.direction,
        facts.paidOn,
        facts.bookedOn,
        facts.amountOre,
        facts.kid,
        facts.payer,
        facts.payerAccount,
        facts.text,
        facts.batch,
        fate.match,
        fate.why,
        fate.settled,
        fate.sameAs,
      ).lastInsertRowid,
    );
  }

  settle(payment: number, fate: PaymentFate): void {
    this.sql('UPDATE payment SET match = ?, why = ?, settled = ?, same_as = ? WHERE id = ?').run(
      fate.match,
      fate.why,
      fate.settled,
      fate.sameAs,
      payment,
    );
  }

  addUse(payment: number, number: number, version: number): void {
    this.sql('INSERT INTO payment_use (payment_id, case_id, version) VALUES (?, ?, ?)').run(
      payment,
      number,
      version,
    );
  }

  get(id: number): StoredPayment | null {
    return (
      (this.sql(`SELECT ${COLUMNS} ${FROM} WHERE p.id = ?`).get(id) as StoredPayment | undefined) ?? null
    );
  }

  countOpen(): number {
    return this.sql(`SELECT count(*) FROM payment WHERE settled = 'open'`).pluck().get() as number;
  }

  /** Movements that wait for the user, oldest first. */
  open(most: number): StoredPayment[] {
    return this.sql(`SELECT ${COLUMNS} ${FROM} WHERE p.settled = 'open' ORDER BY p.id LIMIT ?`).all(
      most,
    ) as StoredPayment[];
  }

  /** What the events of a case that came from the bank were. */
  usesOfCase(number: number): PaymentUse[] {
    return this.sql(
      `SELECT u.payment_id AS payment, u.case_id AS "case", u.version, p.source, p.account
       FROM payment_use u JOIN payment p ON p.id = u.payment_id WHERE u.case_id = ?`,
    ).all(number) as PaymentUse[];
  }

  usesOfPayment(payment: number): PaymentUse[] {
    return this.sql(
      `SELECT u.payment_id AS payment, u.case_id AS "case", u.version, p.source, p.account
       FROM payment_use u JOIN payment p ON p.id = u.payment_id WHERE u.payment_id = ? ORDER BY u.case_id`,
    ).all(payment) as PaymentUse[];
  }

  /** The sources an account has been seen by, the first first. */
  sourcesOf(account: string): string[] {
    return this.sql('SELECT source FROM payment WHERE account = ? GROUP BY source ORDER BY min(id)')
      .pluck()
      .all(account) as string[];
  }

  /** Movements of the same size on an account that another source saw near a day, none paired with this source yet. */
  seenElsewhere(facts: PaymentFacts, from: LocalDate, to: LocalDate): StoredPayment[] {
    return this.sql(
      `SELECT ${COLUMNS} ${FROM}
       WHERE p.account = ? AND p.amount_ore = ? AND p.booked_on BETWEEN ? AND ? AND p.source <> ? AND p.direction = ?
         AND p.same_as IS NULL AND p.settled <> 'aside'
         AND NOT EXISTS (SELECT 1 FROM payment q WHERE q.same_as = p.id AND q.source = ?)
       ORDER BY abs(julianday(p.booked_on) - julianday(?)), p.id`,
    ).all(
      facts.account,
      facts.amountOre,
      from,
      to,
      facts.source,
      facts.direction,
      facts.source,
      facts.bookedOn,
    ) as StoredPayment[];
  }

  /** Payments another source lists one by one, which the bank books as one sum near a day. */
  batchWithSum(
    facts: PaymentFacts,
    from: LocalDate,
    to: LocalDate,
  ): { id: number; count: number; source: string } | null {
    const row = this.sql(
      `SELECT id, count, source FROM (
         SELECT min(p.id) AS id, count(*) AS count, p.source,
           sum(CASE p.direction WHEN 'in' THEN p.amount_ore ELSE -p.amount_ore END) AS total
         FROM payment p
         WHERE p.account = ? AND p.booked_on BETWEEN ? AND ? AND p.batch IS NOT NULL AND p.source <> ?
         GROUP BY p.source, p.batch
       ) b
       WHERE total = ? AND NOT EXISTS (SELECT 1 FROM payment q WHERE q.same_as = b.id AND q.source = ?)
       ORDER BY id LIMIT 1`,
    ).get(facts.account, from, to, facts.source, facts.amountOre, facts.source);
    return (row as { id: number; count: number; source: string } | undefined) ?? null;
  }

  /** Movements of an account without KID that wait for the user and were seen by other sources than this. */
  openWithoutKid(account: string, source: string): StoredPayment[] {
    return this.sql(
      `SELECT ${COLUMNS} ${FROM} WHERE p.settled = 'open' AND p.account = ? AND p.source <> ? AND p.kid IS NULL`,
    ).all(account, source) as StoredPayment[];
  }

  /** Movements with this KID and size on an account that wait for the user. */
  openTwins(account: string, kid: string, amountOre: Ore): StoredPayment[] {
    return this.sql(
      `SELECT ${COLUMNS} ${FROM}
       WHERE p.settled = 'open' AND p.account = ? AND p.kid = ? AND p.amount_ore = ? AND p.direction = 'in'
       ORDER BY p.id DESC`,
    ).all(account, kid, amountOre) as StoredPayment[];
  }

  /**
   * The events a booked payment with this KID and size became, the latest payment first in line; empty where it has been
   * taken back already, by the bank or by the user.
   */
  standingUses(
    account: string,
    kid: string,
    amountOre: Ore,
  ): { case: number; version: number; amountOre: Ore }[] {
    const payments = this.sql(
      `SELECT p.id FROM payment p WHERE p.account = ? AND p.kid = ? AND p.amount_ore = ? AND p.direction = 'in'
         AND p.settled = 'booked' ORDER BY p.id DESC`,
    )
      .pluck()
      .all(account, kid, amountOre) as number[];
    for (const payment of payments) {
      const uses = this.usesOfPayment(payment).map((use) => ({ ...use, amountOre: this.standing(use) }));
      if (uses.length > 0 && uses.every((use) => use.amountOre !== null))
        return uses.map(({ case: number, version, amountOre: ore }) => ({
          case: number,
          version,
          amountOre: ore ?? 0,
        }));
    }
    return [];
  }

  /** The amount of a payment event that has been neither undone nor taken back; null otherwise. */
  private standing(use: PaymentUse): Ore | null {
    const row = this.sql(
      `SELECT json_extract(e.payload, '$.amountOre') FROM event e WHERE e.case_id = ? AND e.version = ?
         AND NOT EXISTS (SELECT 1 FROM event u WHERE u.case_id = e.case_id AND u.version > e.version
           AND ((u.type = 'undone' AND json_extract(u.payload, '$.undoes') = e.version)
             OR (u.type = 'paymentReversed' AND json_extract(u.payload, '$.reverses') = e.version
               AND NOT EXISTS (SELECT 1 FROM event w WHERE w.case_id = e.case_id AND w.type = 'undone'
                 AND json_extract(w.payload, '$.undoes') = u.version))))`,
    )
      .pluck()
      .get(use.case, use.version);
    return (row as Ore | undefined) ?? null;
  }

  /** Erases what a payer wrote, where it was booked on these cases. What the bank counted stays. */
  eraseTexts(cases: readonly number[]): void {
    for (const number of cases) {
      for (const { payment } of this.usesOfCase(number)) {
        this.sql('UPDATE payment SET payer = NULL, payer_account = NULL, text = NULL WHERE id = ?').run(
          payment,
        );
        this.sql(
          `UPDATE import_record SET raw = '' WHERE id = (SELECT record_id FROM payment WHERE id = ?)`,
        ).run(payment);
      }
    }
  }
}
