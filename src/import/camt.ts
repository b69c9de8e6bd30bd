import { parseDate, type LocalDate } from '../law/dates.js';
import { formatNumber, type Ore } from '../law/money.js';
import {
  camtTransaction,
  domesticAccount,
  isReversal,
  signedAmount,
  type CamtEntry,
} from './camt-transaction.js';
import type { BankContext, BankRecord, PaymentSource } from './payment.js';
import { FileRefused } from './plan.js';
import { textAt, XmlRefused, xmlUnits, type XmlElement, type XmlName } from './xml.js';

// ISO 20022 camt.054 (notification) and camt.053 (statement). An entry (Ntry) is one line on the account; its
// transactions (TxDtls) are the payments it is the sum of.

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.\d{3}\.(\d{2})$/;
const NEWEST_VERSION = 8;

export function isCamt(head: string): boolean {
  return /<(?:[\w.-]+:)?Document\b[^>]*urn:iso:std:iso:20022:tech:xsd:/s.test(head);
}

/** Everything booked in a camt file. @throws FileRefused when it is no camt.053 or 054, or its sums do not hold. */
export function* readCamt(pieces: Iterable<string>, context: BankContext): Generator<BankRecord> {
  try {
    yield* new CamtReader(context).read(pieces);
  } catch (fault) {
    if (fault instanceof XmlRefused) throw new FileRefused('XML', fault.message);
    throw fault;
  }
}

interface Message {
  readonly uri: string;
  readonly source: PaymentSource;
}

/** Tells which message it is. camt.052 is refused: what is pending there may never be booked. */
function messageOf(root: XmlElement): Message {
  const match = NAMESPACE.exec(root.uri);
  const [, message = '', version = ''] = match ?? [];
  const shown = match === null ? `«${root.local}» i navnerommet «${root.uri}»` : `${message}.001.${version}`;
  if (message === 'camt.052')
    throw new FileRefused(
      'CAMT_052',
      `Filen er ${shown}, en oversikt gjennom dagen der noe kan være ubokført; den føres aldri.`,
      'Hent camt.054 (innbetalinger) eller camt.053 (kontoutskrift) fra banken.',
    );
  if (message !== 'camt.053' && message !== 'camt.054')
    throw new FileRefused('NOT_CAMT', `Filen er ${shown}; det som leses, er camt.054 og camt.053.`);
  if (Number(version) < 2 || Number(version) > NEWEST_VERSION)
    throw new FileRefused('CAMT_VERSION', `Filen er ${shown}; versjonene som leses, er 02 til 08.`);
  return { uri: root.uri, source: message === 'camt.053' ? 'camt053' : 'camt054' };
}

/** An entry while its transactions are read. */
interface OpenEntry {
  readonly element: XmlElement;
  readonly number: number;
  /** Transactions that state no amount of their own. */
  readonly unpriced: XmlElement[];
  transactions: number;
  /** Signed, as the account moved; null once a transaction has no amount in kroner. */
  ore: Ore | null;
}

class CamtReader {
  private message: Message | null = null;
  private open: OpenEntry | null = null;
  private entries = 0;
  private statement: XmlElement | null = null;
  private account = '';
  /** Many entries share few days. */
  private readonly dates = new Map<string, LocalDate | null>();

  constructor(private readonly context: BankContext) {}

  *read(pieces: Iterable<string>): Generator<BankRecord> {
    for (const { element, around, line } of xmlUnits(pieces, ['TxDtls', 'Ntry'])) {
      const [root] = around;
      this.message ??= messageOf(root ?? element);
      if (root === undefined) {
        if (element.local !== 'Document')
          throw new FileRefused('NOT_CAMT', `Rotelementet er «${element.local}», ikke Document.`);
        continue;
      }
      const [, , statement, entry] = around;
      if (element.local === 'TxDtls' && entry?.local === 'Ntry')
        yield* this.transaction(entry, element, line, statement);
      else if (element.local === 'Ntry' && statement !== undefined)
        yield* this.endOfEntry(element, line, statement);
    }
  }

  private path(...names: readonly string[]): XmlName[] {
    const uri = this.message?.uri ?? '';
    return names.map((name) => [uri, name] as const);
  }

  /** The entry being read; a new one begins with its first transaction, or with its end. */
  private entry(element: XmlElement, statement: XmlElement | undefined): OpenEntry {
    if (this.open?.element === element) return this.open;
    this.entries += 1;
    if (statement !== undefined && statement !== this.statement) this.enter(statement);
    this.open = { element, number: this.entries, unpriced: [], transactions: 0, ore: 0 };
    return this.open;
  }

  private enter(statement: XmlElement): void {
    const account =
      textAt(statement, ...this.path('Acct', 'Id', 'IBAN')) ??
      textAt(statement, ...this.path('Acct', 'Id', 'Othr', 'Id'));
    if (account === null)
      throw new FileRefused('ACCOUNT_MISSING', `${statement.local} mangler kontonummer (Acct/Id).`);
    this.statement = statement;
    this.account = domesticAccount(account);
    if (this.context.accounts.includes(this.account)) return;
    throw new FileRefused(
      'ACCOUNT_UNKNOWN',
      `${statement.local}/Acct: filen gjelder konto ${account}, som ikke er registrert som din.`,
      `Er den din, registrerer du den med «inkasso config set accounts ${this.account}».`,
    );
  }

  private *transaction(
    entry: XmlElement,
    element: XmlElement,
    line: number,
    statement: XmlElement | undefined,
  ): Generator<BankRecord> {
    const open = this.entry(entry, statement);
    open.transactions += 1;
    const facts = this.entryFacts(open);
    const where = `Ntry ${open.number}, TxDtls ${open.transactions} (linje ${line})`;
    const read = camtTransaction(facts, element, open.transactions, where);
    if (read === 'unpriced') {
      open.unpriced.push(element);
      return;
    }
    open.ore = open.ore === null || read.signedOre === null ? null : open.ore + read.signedOre;
    yield read.record;
  }

  private *endOfEntry(element: XmlElement, line: number, statement: XmlElement): Generator<BankRecord> {
    const open = this.entry(element, statement);
    const { unpriced, transactions, number } = open;
    this.open = null;
    const where = `Ntry ${number} (linje ${line})`;
    const facts = this.entryFacts(open);
    if (unpriced.length === transactions) {
      // The entry's own amount is the payment's: it has one transaction, none, or several that share it.
      const whole = camtTransaction({ ...facts, whole: true }, joined(element, unpriced), 1, where);
      if (whole !== 'unpriced') yield whole.record;
      return;
    }
    const wrong = (what: string): FileRefused =>
      new FileRefused(
        'CAMT_SUM',
        `${where}: ${what}`,
        'Filen er ufullstendig eller endret. Hent den på nytt fra banken.',
      );
    const { signedOre } = facts;
    // What was paid out is nobody's payment, however it is divided.
    const outgoing = signedOre !== null && signedOre < 0 && !isReversal(element, facts.uri);
    if (outgoing) return;
    if (unpriced.length > 0) throw wrong('noen av transaksjonene mangler beløp.');
    if (open.ore !== null && signedOre !== null && open.ore !== signedOre)
      throw wrong(
        `transaksjonene er til sammen ${formatNumber(open.ore)}, men posten er ${formatNumber(signedOre)}.`,
      );
  }

  private entryFacts({ element }: OpenEntry): CamtEntry {
    const uri = this.message?.uri ?? '';
    const at = (...names: readonly string[]): string | null => textAt(element, ...this.path(...names));
    const status = at('Sts', 'Cd') ?? at('Sts');
    return {
      uri,
      source: this.message?.source ?? 'camt054',
      account: this.account,
      element,
      status,
      bookedOn: this.dateAt(element, 'BookgDt') ?? this.dateAt(element, 'ValDt'),
      reference: at('AcctSvcrRef'),
      ...signedAmount(element, uri),
      whole: false,
    };
  }

  private dateAt(element: XmlElement, name: string): LocalDate | null {
    const text = textAt(element, ...this.path(name, 'Dt')) ?? textAt(element, ...this.path(name, 'DtTm'));
    if (text === null) return null;
    const day = text.slice(0, 10);
    const known = this.dates.get(day);
    if (known !== undefined) return known;
    const date = parseDate(day);
    this.dates.set(day, date);
    return date;
  }
}

/** Transactions that share the entry's amount, as one; the entry itself where it has none. */
function joined(entry: XmlElement, transactions: readonly XmlElement[]): XmlElement {
  const [first] = transactions;
  if (first === undefined) return entry;
  return { ...first, children: transactions.flatMap((each) => each.children) };
}
