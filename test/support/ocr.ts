// OCR giro files as the bank would write them, for tests. Records of 80 characters, positions counted from 1.

export interface OcrPayment {
  /** 10–17: a payment; 18 and 20: taken back; 19 and 21: a purchase. */
  readonly type?: string;
  readonly ore: number;
  readonly kid?: string;
  readonly sign?: '0' | '-';
  /** `DDMMYY`. */
  readonly nets?: string;
  readonly bank?: string;
  readonly from?: string;
  readonly archive?: string;
  readonly serial?: string;
  readonly text?: string;
}

export interface OcrAssignment {
  readonly account: string;
  readonly agreement?: string;
  readonly payments: readonly OcrPayment[];
}

const left = (text: string | number, width: number): string => String(text).padStart(width, '0');

function paymentRecords(payment: OcrPayment, number: number): string[] {
  const { type = '10', ore, kid = '', sign = '0', nets = '051026', bank = nets } = payment;
  const head = `NY09${type}`;
  const { serial = '00001', from = '', archive = left(number, 9), text } = payment;
  const records = [
    `${head}30${left(number, 7)}${nets}13010${serial}${sign}${left(ore, 17)}${kid.padStart(25)}000000`,
    `${head}31${left(number, 7)}${left(number, 10)}${archive}0000000${bank}${left(from, 11)}`.padEnd(80, '0'),
  ];
  return text === undefined
    ? records
    : [...records, `${head}32${left(number, 7)}${text.padEnd(40)}`.padEnd(80, '0')];
}

/** The lines of a whole transmission, with control totals as the specification counts them. */
export function ocrLines(assignments: readonly OcrAssignment[]): string[] {
  const all = assignments.map(({ account, agreement = '001008566', payments }, index) => {
    const records = payments.flatMap((payment, at) => paymentRecords(payment, at + 1));
    const ore = payments.reduce((total, { ore: amount, sign, type = '10' }) => {
      const reversal = type === '18' || type === '20';
      return total + (sign === '-' && !reversal ? -amount : amount);
    }, 0);
    const totals = { transactions: payments.length, records: records.length + 2, ore };
    const lines = [
      `NY090020${agreement}${left(index + 1, 7)}${account}`.padEnd(80, '0'),
      ...records,
      `NY090088${endOf(totals)}`,
    ];
    return { lines, totals };
  });
  const sum = (key: 'transactions' | 'records' | 'ore'): number =>
    all.reduce((total, { totals }) => total + totals[key], 0);
  const totals = { transactions: sum('transactions'), records: sum('records') + 2, ore: sum('ore') };
  return [
    'NY000010000080800170031000102000'.padEnd(80, '0'),
    ...all.flatMap(({ lines }) => lines),
    `NY000089${endOf(totals)}`,
  ];
}

function endOf({
  transactions,
  records,
  ore,
}: {
  transactions: number;
  records: number;
  ore: number;
}): string {
  return `${left(transactions, 8)}${left(records, 8)}${left(ore, 17)}051026`.padEnd(72, '0');
}

export function ocrFile(assignments: readonly OcrAssignment[], ending = '\n'): string {
  return ocrLines(assignments)
    .map((line) => line + ending)
    .join('');
}
