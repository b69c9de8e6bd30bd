import { sentLetters, stopOf } from '../case/case.js';
import { courtFee } from '../law/court-fees.js';
import { formatDate } from '../law/dates.js';
import { formatKroner, formatNumber } from '../law/money.js';
import { joinNorwegian } from '../law/reference.js';
import { stepWord } from '../law/steps.js';
import {
  claimName,
  creditorField,
  debtorFields,
  paperHead,
  paymentField,
  type CaseFile,
  type PaperAnswers,
} from './case-file.js';
import {
  field,
  fields,
  heading,
  list,
  note,
  signature,
  table,
  text,
  type Block,
  type Paper,
} from './paper.js';
import { enclosureLines, feeWords, pleaFor, type Enclosure } from './utlegg.js';

/** A complaint to forliksrådet, with the rows of its form. @throws RateUnknown for the court fee. */
export function forliksklagePaper(
  file: CaseFile,
  answers: PaperAnswers,
  enclosures: readonly Enclosure[],
): Paper {
  const { creditor, debtor } = file;
  const place =
    debtor.city === null
      ? 'der klagemotparten bor'
      : `i kommunen klagemotparten bor i (${[debtor.zip, debtor.city].filter((part) => part !== null).join(' ')})`;
  return {
    ...paperHead(file, 'Forliksklage', [answers.to ?? `Forliksrådet ${place}`]),
    subtitle: 'Pengekrav',
    blocks: [
      fields(
        creditorField('Klager', creditor),
        field('Klagers prosessfullmektig', 'Ingen'),
        ...debtorFields('Klagemotpart', debtor, answers),
        field('Klagers referanse', `Sak ${file.case.number}`),
      ),
      heading('Hva saken gjelder'),
      ...statement(file),
      heading('Kravet'),
      ...claimRows(file),
      heading('Påstand'),
      list([pleaFor(file), `${debtor.name} dømmes til å erstatte ${creditor.name} sakens kostnader.`]),
      text('Det kreves fraværsdom dersom klagemotparten ikke svarer eller ikke møter.'),
      fields(paymentField(file)),
      heading('Bilag'),
      list(enclosureLines(enclosures)),
      signature(creditor.name),
    ],
  };
}

/** What happened, told in order: the invoice, the letters, the objection. */
function statement(file: CaseFile): Block[] {
  const { case: c, creditor, debtor } = file;
  const letters = sentLetters(c).map(({ step, sentOn }) => `${stepWord(step)} ${formatDate(sentOn)}`);
  const dispute = stopOf(c, 'disputed');
  const part =
    dispute !== null && dispute.partOre !== null
      ? ` Innsigelsen gjelder ${formatKroner(dispute.partOre)}.`
      : '';
  return [
    text(
      `${creditor.name} krever betaling av ${debtor.name}: ${claimName(c)}. Kravet ble ikke betalt ved forfall${file.claim.paidOre > 0 ? `; ${formatKroner(file.claim.paidOre)} er betalt siden` : ''}.`,
    ),
    ...(letters.length === 0 ? [] : [text(`Det er sendt ${joinNorwegian(letters)}.`)]),
    text(
      dispute === null
        ? 'Klager kjenner ikke til innsigelser mot kravet.'
        : `Klagemotparten har innsigelser mot kravet (${formatDate(dispute.on)}): ${dispute.reason}.${part} Klager er ikke enig.`,
    ),
  ];
}

/** The rows of the form: principal with interest to the filing day, costs, court fee, legal help, earlier costs. */
function claimRows(file: CaseFile): Block[] {
  const { claim, on } = file;
  const fee = courtFee('forliksklage', on, file.rates);
  const disputed = stopOf(file.case, 'disputed') !== null;
  const rows = [
    { cells: ['Hovedkrav', formatNumber(claim.principalOre)] },
    { cells: [`Forsinkelsesrente til ${formatDate(on)}`, formatNumber(claim.interestOre)] },
    {
      cells: [
        'Utenrettslige kostnader (gebyr etter inkassoforskriften kapittel 1, eller kompensasjon)',
        formatNumber(claim.costsOre),
      ],
    },
    { cells: ['Inkassosalær', '–'] },
    { weight: 'total' as const, cells: ['Sum krav', formatNumber(claim.openOre)] },
    { cells: ['Rettsgebyr for forliksklagen', formatNumber(fee.amountOre)] },
    { cells: ['Rettshjelp', '–'] },
    { cells: ['Tidligere saksomkostninger', '–'] },
  ];
  return [
    table(['Post', '>Kroner'], rows),
    note(
      `Rettsgebyret: ${feeWords(fee.multiple, fee.row.value)} Det betales ved klagen og kreves erstattet som sakskostnad.`,
    ),
    ...(disputed && claim.costsOre > 0
      ? [
          note(
            'Hadde klagemotparten rimelig grunn til innsigelse, faller de utenrettslige kostnadene bort (inkassoloven § 17 andre ledd).',
          ),
        ]
      : []),
  ];
}
