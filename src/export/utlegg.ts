import { addDays, formatDate, type LocalDate } from '../law/dates.js';
import { courtFee } from '../law/court-fees.js';
import { formatKroner, type Ore } from '../law/money.js';
import {
  claimName,
  claimTable,
  creditorField,
  debtorFields,
  enforcementFacts,
  paperHead,
  paymentField,
  type CaseFile,
  type PaperAnswers,
} from './case-file.js';
import { field, fields, heading, list, note, signature, text, type Paper } from './paper.js';

/** A document that goes with a paper, in the order it lies there. */
export interface Enclosure {
  readonly title: string;
  readonly pages: number;
}

export interface UtleggAnswers extends PaperAnswers {
  /** A notice of § 4-18 sent besides the program's letters. */
  readonly noticeSent: LocalDate | null;
  /** Whether forliksrådet is to take the case if the debtor objects. */
  readonly combined: boolean;
}

/** A petition for utlegg with what tvangsfullbyrdelsesloven § 5-2 asks for. @throws RateUnknown for the court fee. */
export function utleggPaper(file: CaseFile, answers: UtleggAnswers, enclosures: readonly Enclosure[]): Paper {
  const { creditor, debtor } = file;
  const facts = enforcementFacts(file, answers.noticeSent);
  const demand = facts.betalingsoppfordring;
  const place = [debtor.zip, debtor.city].filter((part) => part !== null).join(' ');
  return {
    ...paperHead(file, 'Begjæring om utlegg', [answers.to ?? `Namsmannen for ${place}`]),
    subtitle: 'Tvangsfullbyrdelsesloven §§ 5-2 og 7-2 bokstav f',
    blocks: [
      text('Det begjæres utlegg hos saksøkte til dekning av pengekravet nedenfor.'),
      fields(
        field('Tvangsfullbyrdelsen', 'Utlegg for pengekrav (tvangsfullbyrdelsesloven kapittel 7)'),
        creditorField('Saksøker', creditor),
        ...debtorFields('Saksøkt', debtor, answers),
        field('Prosessfullmektig', 'Ingen. Saksøker fremmer begjæringen selv.'),
        field('Saksøkers referanse', `Sak ${file.case.number}`),
        paymentField(file),
      ),
      heading('Kravet'),
      text(`${claimName(file.case)}. Hovedkravet og hvert tilleggskrav er vist hver for seg.`),
      claimTable(file),
      text(interestOnwards(file)),
      ...courtFeeBlocks(file),
      heading('Tvangsgrunnlag og varsel'),
      fields(
        field(
          'Tvangsgrunnlag',
          `Skriftlig meddelelse fra saksøker til saksøkte som viser kravets grunnlag og omfang (§ 7-2 bokstav f)${demand === null ? '' : `: betalingsoppfordring sendt ${formatDate(demand.sentOn)}`}.`,
        ),
        field(
          'Betalingsoppfordring',
          demand === null
            ? null
            : `Sendt ${formatDate(demand.sentOn)} med frist ${formatDate(demand.deadline)} (inkassoloven § 10). Kravet er ikke betalt${file.claim.paidOre > 0 ? ' fullt ut' : ''}.`,
        ),
        field('Varsel etter § 4-18', noticeWords(facts.noticeSent)),
        field('Innsigelser', 'Saksøker kjenner ikke til at saksøkte har innsigelser mot kravet.'),
        field(
          'Forliksrådet',
          answers.combined
            ? `Reiser saksøkte innsigelser, ber saksøker om at saken behandles av forliksrådet. ${pleaFor(file)} Det kreves fraværsdom.`
            : 'Det bes ikke om behandling i forliksrådet hvis saksøkte har innsigelser.',
        ),
      ),
      heading('Bilag'),
      list(enclosureLines(enclosures)),
      signature(creditor.name),
    ],
  };
}

/** `Bilag 1: Faktura 1001 (2 sider)` */
export function enclosureLines(enclosures: readonly Enclosure[]): string[] {
  return enclosures.map(
    ({ title, pages }, index) =>
      `Bilag ${index + 1}: ${title} (${pages === 1 ? '1 side' : `${pages} sider`})`,
  );
}

/** What the claimant asks forliksrådet to decide. */
export function pleaFor({ claim, debtor, creditor, on }: CaseFile): string {
  const interest =
    claim.principalOre > 0
      ? `, med tillegg av forsinkelsesrente av ${formatKroner(claim.principalOre)} fra ${formatDate(addDays(on, 1))} til betaling skjer`
      : '';
  return `${debtor.name} dømmes til å betale ${formatKroner(claim.openOre)} til ${creditor.name}${interest}, innen to uker etter at dommen er forkynt.`;
}

function interestOnwards({ claim, on }: CaseFile): string {
  if (claim.principalOre === 0) return 'Hovedstolen er betalt; det løper ikke mer rente.';
  return `I tillegg kreves forsinkelsesrente etter forsinkelsesrenteloven § 3 av ${formatKroner(claim.principalOre)} fra ${formatDate(addDays(on, 1))} til betaling skjer.`;
}

function noticeWords(sent: LocalDate | null): string | null {
  if (sent === null) return null;
  return `Sendt ${formatDate(sent)}. Fristen på to uker var ute ${formatDate(addDays(sent, 14))}.`;
}

/** W3: what the step costs; claimed in the petition, never in a letter. */
function courtFeeBlocks(file: CaseFile): readonly ReturnType<typeof text>[] {
  const fee = courtFee('utlegg', file.on, file.rates);
  return [
    text(
      `Rettsgebyret for begjæringen kreves erstattet av saksøkte i tillegg til summen ovenfor: ${formatKroner(fee.amountOre)}.`,
    ),
    note(feeWords(fee.multiple, fee.row.value)),
  ];
}

/** How a court fee comes about: `0,69 ganger rettsgebyret på 1345 kr, …`. */
export function feeWords(hundredths: number, rettsgebyr: string): string {
  const multiple = String(hundredths / 100).replace('.', ',');
  return `${multiple} ganger rettsgebyret på ${formatKroner((Number(rettsgebyr) * 100) satisfies Ore)}, rundet ned til hele kroner (rettsgebyrloven § 6 a).`;
}
