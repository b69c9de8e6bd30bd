import type { Context } from '../context.js';

type Store = ReturnType<Context['store']>;
type Stored = ReturnType<Store['payments']['open']>[number];
type Row = ReturnType<Store['cases']['all']>[number];

/** A case a payment may be for, and what says so. */
export interface Suggestion {
  readonly case: number;
  readonly why: string;
}

const MOST = 5;

/** For each payment the cases it may be for: by KID, invoice number or name in its text. Never by the amount alone. */
export function suggestCases(
  ctx: Context,
  open: readonly Stored[],
): { payment: Stored; suggestions: Suggestion[] }[] {
  if (open.length === 0) return [];
  const rows = ctx
    .store()
    .cases.all()
    .filter((row) => row.status !== 'closed');
  const index = new CaseIndex(rows);
  const { cases } = ctx.store();
  return open.map((payment) => {
    const kids = payment.kid === null ? [] : payment.kid.split(' ');
    const byKid = kids.flatMap((kid) =>
      cases.withKid(kid).map((number) => ({ case: number, why: `KID ${kid}` })),
    );
    const words = [payment.text, payment.payer, payment.kid].filter((word) => word !== null).join(' ');
    const found = [...byKid, ...index.named(words)];
    const first = found.filter((one, at) => found.findIndex((other) => other.case === one.case) === at);
    return { payment, suggestions: first.slice(0, MOST) };
  });
}

class CaseIndex {
  private readonly byInvoice = new Map<string, Row[]>();
  private readonly byName = new Map<string, Row[]>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) {
      add(this.byInvoice, row.invoice.toLowerCase(), row);
      add(this.byName, nameKey(row.debtor), row);
    }
  }

  named(text: string): Suggestion[] {
    const words = text.toLowerCase().split(/[^\p{L}\p{N}/-]+/u);
    const invoices = words.flatMap((word) => (/\d/.test(word) ? (this.byInvoice.get(word) ?? []) : []));
    const names = spans(words).flatMap((key) => this.byName.get(key) ?? []);
    return [
      ...invoices.map((row) => ({ case: row.number, why: `faktura ${row.invoice} er nevnt, ${row.debtor}` })),
      ...names.map((row) => ({ case: row.number, why: `${row.debtor}, faktura ${row.invoice}` })),
    ];
  }
}

function add(index: Map<string, Row[]>, key: string, row: Row): void {
  const rows = index.get(key);
  if (rows === undefined) index.set(key, [row]);
  else rows.push(row);
}

/** The words of a name in any order: banks write «Nordmann, Kari». */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

/** Two to five words in a row, each as a name key. */
function spans(words: readonly string[]): string[] {
  const real = words.filter((word) => word !== '').slice(0, 60);
  return real.flatMap((_word, start) =>
    [1, 2, 3, 4, 5].map((length) => nameKey(real.slice(start, start + length).join(' '))),
  );
}
