import { payments } from '../case/case.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, sum } from '../law/money.js';
import {
  claimName,
  claimTable,
  creditorField,
  debtorFields,
  paperHead,
  paymentField,
  type CaseFile,
  type PaperAnswers,
} from './case-file.js';
import { field, fields, heading, list, signature, text, type Paper } from './paper.js';
import { enclosureLines, type Enclosure } from './utlegg.js';

/**
 * The claim as it is filed with the bostyrer of a bankruptcy: with interest to the opening day and no further (S4). The
 * claim of the file is the one on the opening day; `opened` is that day.
 */
export function fordringsanmeldelsePaper(
  file: CaseFile,
  opened: LocalDate,
  answers: PaperAnswers,
  enclosures: readonly Enclosure[],
): Paper {
  const { creditor, debtor, claim } = file;
  const later = payments(file.case).filter(({ on }) => on > opened);
  const paidLater = sum(later.map(({ amountOre }) => amountOre));
  return {
    ...paperHead(file, 'Melding av krav i konkursbo', [
      answers.to ?? `Bostyreren i ${debtor.name}, konkursbo`,
    ]),
    subtitle: `Konkursen ble åpnet ${formatDate(opened)}`,
    blocks: [
      text(`Det meldes følgende krav i konkursboet etter ${debtor.name}.`),
      fields(
        creditorField('Fordringshaver', creditor),
        ...debtorFields('Skyldner', debtor, answers),
        field('Kravet gjelder', claimName(file.case)),
        field('Fordringshavers referanse', `Sak ${file.case.number}`),
        field('Pant eller annen sikkerhet', 'Ingen registrert'),
        ...(paidLater === 0 ? [] : [field('Innbetalt etter åpningen', formatKroner(paidLater))]),
      ),
      heading('Kravet på åpningsdagen'),
      claimTable(file),
      text(
        `Det meldte kravet er ${formatKroner(claim.openOre)}. Renten er regnet til og med ${formatDate(opened)}, dagen konkursen ble åpnet.`,
      ),
      fields(paymentField(file)),
      heading('Bilag'),
      list(enclosureLines(enclosures)),
      signature(creditor.name),
    ],
  };
}
