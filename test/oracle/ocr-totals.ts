// The control totals of an OCR giro file, counted the slow way: one field at a time, from the specification.

export interface SlowTotals {
  readonly transactions: number;
  readonly records: number;
  readonly ore: bigint;
}

/** What the lines of one assignment (from its 20 to its 88, both included) add up to. */
export function slowAssignment(lines: readonly string[]): SlowTotals {
  let transactions = 0;
  let ore = 0n;
  for (const line of lines) {
    if (line[6] !== '3' || line[7] !== '0') continue;
    transactions += 1;
    let amount = 0n;
    for (let at = 32; at < 49; at += 1) amount = amount * 10n + BigInt(line.charCodeAt(at) - 48);
    const type = `${line[4] ?? ''}${line[5] ?? ''}`;
    const takenBack = type === '18' || type === '20';
    ore += line[31] === '-' && !takenBack ? -amount : amount;
  }
  return { transactions, records: lines.length, ore };
}

/** Whether every 88 and the 89 of a file state what its lines add up to. */
export function slowlyAddsUp(lines: readonly string[]): boolean {
  let all: SlowTotals = { transactions: 0, records: 2, ore: 0n };
  let from = -1;
  for (const [index, line] of lines.entries()) {
    const kind = line.slice(6, 8);
    if (kind === '20') from = index;
    if (kind !== '88') continue;
    const found = slowAssignment(lines.slice(from, index + 1));
    if (!states(line, found)) return false;
    all = {
      transactions: all.transactions + found.transactions,
      records: all.records + found.records,
      ore: all.ore + found.ore,
    };
  }
  return states(lines.at(-1) ?? '', all);
}

function states(line: string, { transactions, records, ore }: SlowTotals): boolean {
  return (
    line.slice(8, 16) === String(transactions).padStart(8, '0') &&
    line.slice(16, 24) === String(records).padStart(8, '0') &&
    line.slice(24, 41) === String(ore).padStart(17, '0')
  );
}
