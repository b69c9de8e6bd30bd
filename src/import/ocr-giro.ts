import { daysBetween, parseDate, type LocalDate } from '../law/dates.js';
import { formatNumber, type Ore } from '../law/money.js';
import { at, digits, refuse, rowsOf, take, type Row } from './ocr-giro-rows.js';
import type { BankContext, BankRecord } from './payment.js';
import { FileRefused } from './plan.js';

// A transmission (10 … 89) holds assignments (20 … 88), an assignment of service 09 holds payments of two or three
// records (30, 31, 32).

const OCR_SERVICE = '09';
/** Reversals, with and without KID. */
const REVERSALS = ['18', '20'];
const LARGEST_ORE = 100_000_000_000;
/** Days a payment can be underway; a bank date further back is no date. */
const LONGEST_UNDERWAY = 60;

export function isOcrGiro(head: string): boolean {
  return /^\s*NY000010\d/.test(head);
}

/** The dates of a file: a hundred thousand payments have few different ones. */
class Dates {
  private readonly known = new Map<string, LocalDate | null>();

  constructor(private readonly today: LocalDate) {}

  read(text: string): LocalDate | null {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const date = shortDate(text, this.today);
    this.known.set(text, date);
    return date;
  }
}

interface Context extends BankContext {
  readonly dates: Dates;
}

interface Totals {
  transactions: number;
  records: number;
  /** As the control total counts: not always what the account received. */
  ore: Ore;
}

/** Everything in an OCR file, payment by payment. @throws FileRefused when the form or a control total fails. */
export function* readOcrGiro(pieces: Iterable<string>, bank: BankContext): Generator<BankRecord> {
  const context: Context = { ...bank, dates: new Dates(bank.today) };
  const rows = rowsOf(pieces);
  const file: Totals = { transactions: 0, records: 1, ore: 0 };
  const start = take(rows, null, 'startlinjen NY000010');
  if (!start.text.startsWith('NY000010'))
    throw refuse(start, 'en OCR-fil skal begynne med startlinjen NY000010.');
  for (let row = take(rows, start, 'NY…20 eller sluttlinjen NY000089'); ;) {
    file.records += 1;
    if (row.kind === '89') {
      checkTotals(row, file, 'filen');
      const more = rows.next();
      if (more.done !== true) throw refuse(more.value, 'det står linjer etter sluttlinjen NY000089.');
      return;
    }
    if (row.kind !== '20')
      throw refuse(
        row,
        `her skal et oppdrag begynne (NY…20) eller filen slutte (NY000089), men linjen er av type ${row.kind}.`,
      );
    const totals = yield* readAssignment(rows, row, context);
    file.transactions += totals.transactions;
    file.records += totals.records - 1;
    file.ore += totals.ore;
    row = take(rows, row, 'NY…20 eller sluttlinjen NY000089');
  }
}

/** 88 and 89: transactions 9–16, records 17–24 with the start and end records, sum 25–41. */
function checkTotals(row: Row, found: Totals, what: string): void {
  const wrong = (name: string, stated: string, counted: string): FileRefused =>
    new FileRefused(
      'OCR_TOTALS',
      `Linje ${row.number}: sluttlinjen sier ${stated} ${name} i ${what}, men det er ${counted}.`,
      'Filen er ufullstendig eller endret. Hent den på nytt fra banken.',
    );
  const transactions = digits(row, 9, 16, 'antall transaksjoner');
  const records = digits(row, 17, 24, 'antall linjer');
  const ore = digits(row, 25, 41, 'summen i øre');
  if (transactions !== found.transactions)
    throw wrong('transaksjoner', String(transactions), String(found.transactions));
  if (records !== found.records) throw wrong('linjer', String(records), String(found.records));
  if (ore !== found.ore) throw wrong('kroner', formatNumber(ore), formatNumber(found.ore));
}

function* readAssignment(rows: Generator<Row>, start: Row, context: Context): Generator<BankRecord, Totals> {
  if (start.service !== OCR_SERVICE) return yield* skipAssignment(rows, start);
  const account = at(start, 25, 35);
  if (!context.accounts.includes(account)) {
    throw new FileRefused(
      'ACCOUNT_UNKNOWN',
      `Linje ${start.number}: oppdraget gjelder konto ${account}, som ikke er registrert som din.`,
      `Er den din, registrerer du den med «inkasso config set accounts ${account}».`,
    );
  }
  const assignment: Assignment = { account, agreement: at(start, 9, 17), dates: context.dates };
  const totals: Totals = { transactions: 0, records: 1, ore: 0 };
  let row = take(rows, start, 'NY090088');
  while (row.kind !== '88') {
    if (row.service !== OCR_SERVICE || row.kind !== '30')
      throw refuse(
        row,
        `her skal en transaksjon begynne (NY09..30) eller oppdraget slutte (NY090088), men linjen er ${row.text.slice(0, 8)}.`,
      );
    const items: Row[] = [row, take(rows, row, 'beløpspost 2 (NY09..31)')];
    row = take(rows, items[1] ?? row, 'NY090088');
    if (row.kind === '32') {
      items.push(row);
      row = take(rows, row, 'NY090088');
    }
    const { record, controlOre } = transaction(items, assignment);
    totals.transactions += 1;
    totals.records += items.length;
    totals.ore += controlOre;
    yield record;
  }
  if (row.service !== OCR_SERVICE) throw refuse(row, 'oppdraget skal slutte med NY090088.');
  totals.records += 1;
  checkTotals(row, totals, 'oppdraget');
  return totals;
}

/** Another service in the same file, such as agreements of AvtaleGiro or claims sent out: no payments. */
function* skipAssignment(rows: Generator<Row>, start: Row): Generator<BankRecord, Totals> {
  const { service } = start;
  let records = 1;
  let row = take(rows, start, `NY${service}..88`);
  for (; row.kind !== '88'; row = take(rows, row, `NY${service}..88`)) {
    if (row.service !== service || row.kind === '20' || row.kind === '89')
      throw refuse(row, `oppdraget fra linje ${start.number} skal slutte med NY${service}..88.`);
    records += 1;
  }
  records += 1;
  const transactions = digits(row, 9, 16, 'antall transaksjoner');
  const ore = digits(row, 25, 41, 'summen i øre');
  checkTotals(row, { transactions, records, ore }, 'oppdraget');
  yield {
    kind: 'skip',
    where: `linje ${start.number}–${row.number}`,
    what: `oppdrag for tjeneste ${service}`,
    why: 'Det er ikke innbetalinger, men avtaler eller krav som er sendt ut.',
    raw: start.bare,
  };
  return { transactions, records, ore };
}

interface Assignment {
  readonly account: string;
  readonly agreement: string;
  readonly dates: Dates;
}

/** A payment of two or three records, and what it counts for in the control total. */
function transaction(
  items: readonly Row[],
  { account, agreement, dates }: Assignment,
): { record: BankRecord; controlOre: Ore } {
  const [one, two, three] = items as [Row, Row, Row | undefined];
  checkItem(one, two, '31', 'beløpspost 2 (NY09..31)');
  if (three !== undefined) checkItem(one, three, '32', 'beløpspost 3 (NY09..32)');
  const type = at(one, 5, 6);
  const sign = at(one, 32, 32);
  if (!['0', ' ', '-'].includes(sign))
    throw refuse(one, `fortegnet i posisjon 32 skal være 0 eller -, men er «${sign}».`);
  const amountOre = digits(one, 33, 49, 'beløpet i øre');
  if (amountOre > LARGEST_ORE) throw refuse(one, `beløpet ${formatNumber(amountOre)} kr er for stort.`);
  const reversal = REVERSALS.includes(type);
  // A payment with a minus is subtracted from the control total; a reversal is added to it, whatever its sign.
  const controlOre = sign === '-' && !reversal ? -amountOre : amountOre;
  const back = reversal || sign === '-';
  const where = `linje ${one.number}`;
  const raw = items.map(({ bare }) => bare).join('\n');
  if (amountOre === 0) {
    const what = 'transaksjon på 0,00 kr';
    return { record: { kind: 'skip', where, what, why: 'Beløpet er null.', raw }, controlOre };
  }
  const bookedOn = netsDate(one, dates);
  const kid = at(one, 50, 74).trim();
  const serial = at(one, 22, 31);
  const record: BankRecord = {
    kind: 'payment',
    payment: {
      where,
      raw,
      key: `ocr|${agreement}|${account}|${at(one, 16, 21)}|${serial}|${at(one, 9, 15)}|${back ? '-' : '+'}|${amountOre}|${kid}|${at(two, 26, 34)}`,
      source: 'ocr',
      account,
      direction: back ? 'back' : 'in',
      paidOn: bankDate(two, bookedOn, dates),
      bookedOn,
      amountOre,
      kids: kid === '' ? [] : [{ kid, amountOre: null }],
      kidStated: true,
      payer: null,
      payerAccount: debitAccount(two),
      text: three === undefined ? null : at(three, 16, 55).trim() || null,
      batch: `${agreement}|${bookedOn}|${serial}`,
    },
  };
  return { record, controlOre };
}

function checkItem(one: Row, item: Row, kind: string, what: string): void {
  if (item.kind !== kind || item.service !== OCR_SERVICE)
    throw refuse(item, `her skal ${what} til linje ${one.number} stå, men linjen er av type ${item.kind}.`);
  if (at(item, 9, 15) !== at(one, 9, 15) || at(item, 5, 6) !== at(one, 5, 6))
    throw refuse(
      item,
      `linjen hører til transaksjon ${at(item, 9, 15)} av type ${at(item, 5, 6)}, men skal høre til ${at(one, 9, 15)} av type ${at(one, 5, 6)} i linje ${one.number}.`,
    );
}

function netsDate(row: Row, dates: Dates): LocalDate {
  const date = dates.read(at(row, 16, 21));
  if (date === null)
    throw refuse(row, `oppgjørsdatoen i posisjon 16–21 skal være DDMMÅÅ, men er «${at(row, 16, 21)}».`);
  return date;
}

/** The day the payer's bank carried the payment out; a counter or terminal leaves it blank. */
function bankDate(row: Row, bookedOn: LocalDate, dates: Dates): LocalDate {
  const date = dates.read(at(row, 42, 47));
  if (date === null || date >= bookedOn) return bookedOn;
  return daysBetween(date, bookedOn) > LONGEST_UNDERWAY ? bookedOn : date;
}

/** `DDMMYY` in the century that lies nearest to today. */
export function shortDate(text: string, today: LocalDate): LocalDate | null {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, day = '', month = '', year = ''] = match;
  const candidates = ['19', '20', '21'].flatMap((century) => {
    const date = parseDate(`${century}${year}-${month}-${day}`);
    return date === null ? [] : [date];
  });
  const away = (date: LocalDate): number => Math.abs(daysBetween(date, today));
  return candidates.reduce<LocalDate | null>(
    (best, date) => (best === null || away(date) < away(best) ? date : best),
    null,
  );
}

function debitAccount(row: Row): string | null {
  const account = at(row, 48, 58).trim();
  return /^\d{11}$/.test(account) && !/^0+$/.test(account) ? account : null;
}
