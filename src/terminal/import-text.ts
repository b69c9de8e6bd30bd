import { MATCH_WORDS, type Match } from '../case/match.js';
import { parseDate, formatDate } from '../law/dates.js';
import { formatNumber, type Ore } from '../law/money.js';
import { table } from './table.js';
import { bold, counted, plain, yellow } from './text.js';

type State = 'add' | 'skip' | 'refuse' | 'ask';

/** A file as it was, or would be, taken in. */
export interface ShownFile {
  readonly name: string;
  readonly state: 'imported' | 'planned' | 'known';
  readonly encoding: string | null;
  readonly counts: Readonly<Record<State, number>>;
  readonly records: readonly {
    readonly where: string;
    readonly state: State;
    readonly what: string;
    readonly why: string | null;
  }[];
}

/** A payment that waits for the user. */
export interface ShownPayment {
  readonly payment: number;
  readonly match: string;
  readonly direction: 'in' | 'back';
  readonly amountOre: Ore;
  readonly paidOn: string;
  readonly kid: string | null;
  readonly payer: string | null;
  readonly text: string | null;
  readonly why: string | null;
  readonly suggestions: readonly { readonly case: number; readonly why: string }[];
}

const TITLES: Readonly<Record<State, { planned: string; done: string }>> = {
  add: { planned: 'tas inn', done: 'tatt inn' },
  ask: { planned: 'må du ta stilling til', done: 'må du ta stilling til' },
  refuse: { planned: 'kan ikke tas inn', done: 'er ikke tatt inn' },
  skip: { planned: 'hoppes over', done: 'hoppet over' },
};

/** Lines shown of each kind; the rest is counted. */
const MOST = 20;

/** What is, or would be, done with a file; `planned` before it is done. */
export function fileText(file: ShownFile, formatWord: string, planned: boolean): string {
  const read =
    file.encoding === null ? '' : `, lest som ${file.encoding === 'utf-8' ? 'UTF-8' : 'Windows-1252'}`;
  const head = bold(`${plain(file.name)} – ${formatWord}${read}`);
  if (file.state === 'known') return `${head}\nIngenting nytt: ${skipped(file)}`;
  const parts = (['add', 'ask', 'refuse'] as const).flatMap((state) => section(file, state, planned));
  const rest =
    file.counts.skip === 0
      ? []
      : [
          `${counted(file.counts.skip, 'post', 'poster')} ${TITLES.skip[planned ? 'planned' : 'done']}: ${skipped(file)}`,
        ];
  const nothing = parts.length + rest.length === 0 ? ['Ingen poster i filen.'] : [];
  return [head, ...parts, ...rest, ...nothing].join('\n');
}

function section(file: ShownFile, state: State, planned: boolean): string[] {
  const count = file.counts[state];
  if (count === 0) return [];
  const shown = file.records.filter((record) => record.state === state).slice(0, MOST);
  const lines = shown.map(({ where, what, why }) => {
    const because = why === null ? '' : ` ${why}`;
    const named = what === '' ? plain(where) : `${plain(where)}: ${plain(what)}`;
    return `  ${named}.${plain(because)}`;
  });
  const more = count > shown.length ? [`  … og ${count - shown.length} til.`] : [];
  return [
    `${counted(count, 'post', 'poster')} ${TITLES[state][planned ? 'planned' : 'done']}:`,
    ...lines,
    ...more,
  ];
}

/** Why records were left out, each reason once with its count. */
function skipped({ records, counts }: ShownFile): string {
  const reasons = new Map<string, number>();
  for (const { state, why } of records) {
    if (state !== 'skip') continue;
    const reason = (why ?? 'uten grunn')
      .replace(/betaling \d+/g, 'en tidligere betaling')
      .replace(/ (?:som|på) sak \d+/, '')
      .replace(/\.$/, '');
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  if (reasons.size === 1) return `${plain(lowerFirst([...reasons.keys()][0] ?? ''))} (${counts.skip}).`;
  if (reasons.size === 0) return counts.skip === 0 ? 'ingen poster.' : `${counts.skip}.`;
  const words = [...reasons].map(([reason, count]) => `${plain(lowerFirst(reason))} (${count})`);
  return `${words.slice(0, 8).join(', ')}${words.length > 8 ? ' …' : ''}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The payments that wait, and how to settle them. */
export function waitingText(payments: readonly ShownPayment[], count: number): string {
  const rows = payments.slice(0, 50).map((payment) => {
    const date = parseDate(payment.paidOn);
    return [
      String(payment.payment),
      date === null ? payment.paidOn : formatDate(date),
      formatNumber(payment.direction === 'back' ? -payment.amountOre : payment.amountOre),
      payment.kid ?? '',
      payment.payer ?? payment.text ?? '',
      MATCH_WORDS[payment.match as Match],
      payment.suggestions.map((one) => String(one.case)).join(', '),
    ];
  });
  const shown = table(
    [
      { title: 'Betaling', align: 'right' },
      { title: 'Dato' },
      { title: 'Kroner', align: 'right' },
      { title: 'KID', max: 26 },
      { title: 'Fra', max: 28 },
      { title: 'Hva' },
      { title: 'Kan være sak' },
    ],
    rows,
  );
  const more = count > rows.length ? `\n… og ${count - rows.length} til.` : '';
  const [first] = payments;
  const number = first?.payment ?? 1;
  const suggested = first?.suggestions[0]?.case ?? '<sak>';
  return [
    bold(`${counted(count, 'betaling', 'betalinger')} venter på deg:`),
    `${shown}${more}`,
    yellow(
      `Før dem med «inkasso import --match ${number}=${suggested}», eller legg til side med «inkasso import --aside ${number}».`,
    ),
  ].join('\n');
}
