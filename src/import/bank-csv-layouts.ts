import type { BankName } from './plan.js';

/** How one bank lays out its CSV. Columns by their names in the header. */
export interface CsvLayout {
  readonly bank: BankName;
  /** Columns that together tell the layout; a file may have more. */
  readonly signature: readonly string[];
  readonly decimal: '.' | ',';
  /** `DD.MM.YYYY`, `YYYY-MM-DD` or `YYYY/MM/DD`. */
  readonly date: 'dots' | 'dashes' | 'slashes';
  /** The day the bank booked it. */
  readonly bookedOn: string;
  /** A column for money in, or one where money out is negative. */
  readonly amountIn: string;
  readonly currency: string | null;
  /** The creditor's account and the payer's, where the file has them. */
  readonly toAccount: string | null;
  readonly fromAccount: string | null;
  readonly payer: string | null;
  readonly texts: readonly string[];
  /** A column that holds a KID and nothing else. */
  readonly kid: string | null;
  /** A column where the payer wrote a KID, an invoice number or a message. */
  readonly message: string | null;
  /** Rows that are not booked yet: their text changes when they are. */
  isPending(cell: (column: string) => string): boolean;
  /** Whether blank lines and sums stand below the movements. */
  readonly sumsBelow: boolean;
}

export const CSV_LAYOUTS: readonly CsvLayout[] = [
  {
    bank: 'dnb',
    signature: ['Dato', 'Forklaring', 'Rentedato', 'Ut fra konto', 'Inn på konto'],
    decimal: '.',
    date: 'dots',
    bookedOn: 'Dato',
    amountIn: 'Inn på konto',
    currency: null,
    toAccount: null,
    fromAccount: null,
    payer: null,
    texts: ['Forklaring'],
    kid: null,
    message: null,
    isPending: (cell) => /reservert transaksjon/i.test(cell('Forklaring')),
    sumsBelow: false,
  },
  {
    bank: 'sparebank1',
    signature: ['Dato', 'Beskrivelse', 'Rentedato', 'Inn', 'Ut', 'Til konto', 'Fra konto'],
    decimal: ',',
    date: 'dots',
    bookedOn: 'Dato',
    amountIn: 'Inn',
    currency: null,
    toAccount: 'Til konto',
    fromAccount: 'Fra konto',
    payer: null,
    texts: ['Beskrivelse'],
    kid: null,
    message: null,
    isPending: () => false,
    sumsBelow: false,
  },
  {
    bank: 'handelsbanken',
    signature: ['Utført dato', 'Bokført dato', 'Beskrivelse', 'Beløp inn', 'Beløp ut', 'Status'],
    decimal: '.',
    date: 'dots',
    bookedOn: 'Bokført dato',
    amountIn: 'Beløp inn',
    currency: 'Valuta',
    toAccount: 'Til konto',
    fromAccount: 'Fra konto',
    payer: 'Avsender',
    texts: ['Beskrivelse', 'Melding/KID/Fakt.nr'],
    kid: null,
    message: 'Melding/KID/Fakt.nr',
    isPending: (cell) => !/^bokført$/i.test(cell('Status')),
    sumsBelow: true,
  },
  {
    bank: 'nordea',
    signature: ['Bokføringsdato', 'Beløp', 'Avsender', 'Mottaker', 'Navn', 'Tittel', 'Valuta'],
    decimal: ',',
    date: 'slashes',
    bookedOn: 'Bokføringsdato',
    amountIn: 'Beløp',
    currency: 'Valuta',
    toAccount: 'Mottaker',
    fromAccount: 'Avsender',
    payer: 'Navn',
    texts: ['Tittel'],
    kid: null,
    message: null,
    isPending: (cell) => /reservert/i.test(cell('Bokføringsdato')),
    sumsBelow: false,
  },
  {
    bank: 'bulder',
    signature: ['Dato', 'Beløp', 'Til kontonummer', 'Fra kontonummer', 'Type', 'Tekst', 'KID'],
    decimal: ',',
    date: 'dashes',
    bookedOn: 'Dato',
    amountIn: 'Beløp',
    currency: null,
    toAccount: 'Til kontonummer',
    fromAccount: 'Fra kontonummer',
    payer: 'Fra konto',
    texts: ['Tekst'],
    kid: 'KID',
    message: null,
    isPending: () => false,
    sumsBelow: false,
  },
];

/** A column's name by its plain letters alone: also one whose ø was lost on the way is recognised, and then refused. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z/.]/g, '');
}

/** The layout whose columns a header has; null for another kind of file. */
export function layoutOf(header: readonly string[]): CsvLayout | null {
  const names = new Set(header.map(folded));
  return CSV_LAYOUTS.find(({ signature }) => signature.every((name) => names.has(folded(name)))) ?? null;
}

/** Which cell each column is in. */
export function columnsOf(header: readonly string[]): ReadonlyMap<string, number> {
  const at = new Map<string, number>();
  header.forEach((name, index) => {
    if (!at.has(folded(name))) at.set(folded(name), index);
  });
  return at;
}

export function cellOf(columns: ReadonlyMap<string, number>, cells: readonly string[], name: string): string {
  const index = columns.get(folded(name));
  return index === undefined ? '' : (cells[index] ?? '').trim();
}
