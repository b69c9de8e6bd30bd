import { explainClaim, type Explanation } from '../case/why.js';
import { formatDate } from '../law/dates.js';
import { formatKroner, formatNumber, formatPercent } from '../law/money.js';
import { paperHead, type CaseFile } from './case-file.js';
import { note, table, text, type Block, type Paper, type Weight } from './paper.js';

/** How every krone of the claim comes about: amount, formula, paragraph and rate. */
export function calculationPaper(file: CaseFile): Paper {
  return {
    ...paperHead(file, 'Utregning av kravet', []),
    subtitle: `Sak ${file.case.number}, faktura ${file.case.claim.invoice}, per ${formatDate(file.claim.asOf)}`,
    blocks: calculationBlocks(file),
  };
}

/** The calculation as part of a larger paper. */
export function calculationBlocks(file: CaseFile): Block[] {
  const tree = explainClaim(file.case, file.claim, file.rates);
  return [
    text('Hvert beløp er vist med det det er regnet av, og hjemmelen.'),
    table(['Beløp', 'Slik er det regnet', 'Hjemmel', '>Kroner'], rowsOf(tree, 0)),
    ...sourceNotes(tree),
  ];
}

const WEIGHTS: readonly Weight[] = ['total', 'strong', 'indent', 'indent2', 'indent3'];

/** Children first, so that every sum stands under what it is the sum of. */
function rowsOf(node: Explanation, depth: number): { weight: Weight; cells: string[] }[] {
  const own = {
    weight: WEIGHTS[depth] ?? 'indent3',
    cells: [node.label, formulaWords(node), node.hjemmel ?? '', formatNumber(node.amountOre)],
  };
  const children = node.children.flatMap((child) => rowsOf(child, depth + 1));
  return depth === 0 ? [...children, own] : [own, ...children];
}

function formulaWords({ formula, inputs }: Explanation): string {
  switch (formula) {
    case 'interest': {
      const { baseOre, ratePercent, days, yearDays } = inputs;
      return `${formatKroner(Number(baseOre))} × ${formatPercent(String(ratePercent))} × ${String(days)}/${String(yearDays)}`;
    }
    case 'fee':
      return `${formatKroner(Number(inputs['satsKroner']) * 100)} × ${String(inputs['numerator'])}/${String(inputs['denominator'])}, til hele kroner`;
    case 'compensation':
      return 'kunngjort beløp';
    case 'max':
      return 'det største av to';
    case 'sum':
    case 'fact':
      return '';
  }
}

const TABLE_NAMES: Readonly<Record<string, string>> = {
  forsinkelsesrente: 'Forsinkelsesrente',
  inkassosats: 'Inkassosatsen',
  standardkompensasjon: 'Standardkompensasjon',
};

/** Each rate that was used, with the day it holds from. */
function sourceNotes(tree: Explanation): Block[] {
  const found = new Map<string, string>();
  const visit = (node: Explanation): void => {
    const { rate } = node;
    if (rate !== null) {
      const value =
        rate.table === 'forsinkelsesrente'
          ? formatPercent(rate.value)
          : formatKroner(Number(rate.value) * 100);
      const added = rate.origin === 'added' ? ` (lagt inn: ${rate.sources.join('; ')})` : '';
      found.set(
        `${rate.table} ${rate.from}`,
        `${TABLE_NAMES[rate.table] ?? rate.table} ${value} fra ${formatDate(rate.from)}${added}`,
      );
    }
    node.children.forEach(visit);
  };
  visit(tree);
  const words = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sentence]) => sentence);
  return words.length === 0 ? [] : [note(`Satser: ${words.join('. ')}.`)];
}
