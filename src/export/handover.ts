import { limitationOf, sentLetters, stopOf } from '../case/case.js';
import { kidOf } from '../case/kid.js';
import { formatDate } from '../law/dates.js';
import { formatNumber, type Ore } from '../law/money.js';
import { stepWord } from '../law/steps.js';
import {
  claimName,
  claimTable,
  creditorField,
  debtorFields,
  paperHead,
  paymentField,
  type CaseFile,
} from './case-file.js';
import { field, fields, heading, list, signature, text, type Paper } from './paper.js';
import { enclosureLines, type Enclosure } from './utlegg.js';

/** What an inkassoforetak needs to take a claim over, as one record. Amounts in øre. */
export interface HandoverRecord {
  readonly reference: string;
  readonly creditor: { readonly name: string; readonly orgnr: string; readonly account: string };
  readonly debtor: Pick<
    CaseFile['debtor'],
    'name' | 'type' | 'orgnr' | 'address' | 'zip' | 'city' | 'country' | 'email' | 'phone' | 'language'
  >;
  readonly invoice: {
    readonly number: string;
    readonly description: string | null;
    readonly issued: string | null;
    readonly due: string;
    readonly kid: string | null;
    readonly amountOre: Ore;
  };
  readonly claim: {
    readonly asOf: string;
    readonly principalOre: Ore;
    readonly interestOre: Ore;
    readonly costsOre: Ore;
    readonly openOre: Ore;
    readonly interestLines: readonly object[];
    readonly costLines: readonly object[];
    readonly payments: readonly { readonly on: string; readonly kind: string; readonly amountOre: Ore }[];
  };
  readonly letters: readonly {
    readonly step: string;
    readonly sentOn: string;
    readonly deadline: string;
    readonly feeOre: Ore;
  }[];
  readonly disputed: boolean;
  readonly limitation: string;
  /** The files that lie in the same folder. */
  readonly documents: readonly { readonly file: string; readonly title: string }[];
}

export function handoverRecord(
  file: CaseFile,
  documents: readonly { file: string; title: string }[],
): HandoverRecord {
  const { case: c, creditor, debtor, claim } = file;
  const { name, type, orgnr, address, zip, city, country, email, phone, language } = debtor;
  return {
    reference: `sak-${c.number}`,
    creditor: { name: creditor.name, orgnr: creditor.orgnr, account: creditor.account },
    debtor: { name, type, orgnr, address, zip, city, country, email, phone, language },
    invoice: {
      number: c.claim.invoice,
      description: c.claim.description,
      issued: c.claim.issued,
      due: c.claim.due,
      kid: kidOf(c),
      amountOre: c.claim.amountOre,
    },
    claim: {
      asOf: claim.asOf,
      principalOre: claim.principalOre,
      interestOre: claim.interestOre,
      costsOre: claim.costsOre,
      openOre: claim.openOre,
      interestLines: claim.interestLines,
      costLines: claim.costLines,
      payments: claim.allocations.map(({ on, kind, amountOre }) => ({ on, kind, amountOre })),
    },
    letters: sentLetters(c).map(({ step, sentOn, deadline, feeOre }) => ({ step, sentOn, deadline, feeOre })),
    disputed: stopOf(c, 'disputed') !== null,
    limitation: limitationOf(c),
    documents,
  };
}

/** The same as one row, for a system that reads CSV. */
export function handoverRow(
  record: HandoverRecord,
): Readonly<Record<string, string | { readonly ore: Ore }>> {
  const { debtor, invoice, claim, creditor } = record;
  const last = record.letters.at(-1);
  return {
    referanse: record.reference,
    kreditor: creditor.name,
    kreditor_orgnr: creditor.orgnr,
    skyldner: debtor.name,
    skyldner_type: { consumer: 'forbruker', business: 'næringsdrivende', public: 'offentlig' }[debtor.type],
    skyldner_orgnr: debtor.orgnr ?? '',
    adresse: (debtor.address ?? '').replaceAll('\n', ', '),
    postnr: debtor.zip ?? '',
    poststed: debtor.city ?? '',
    land: debtor.country,
    epost: debtor.email ?? '',
    telefon: debtor.phone ?? '',
    fakturanr: invoice.number,
    gjelder: invoice.description ?? '',
    fakturadato: invoice.issued ?? '',
    forfall: invoice.due,
    kid: invoice.kid ?? '',
    fakturabeloep: { ore: invoice.amountOre },
    hovedstol: { ore: claim.principalOre },
    renter: { ore: claim.interestOre },
    kostnader: { ore: claim.costsOre },
    sum: { ore: claim.openOre },
    beregnet_til: claim.asOf,
    siste_brev: last?.step ?? '',
    siste_brev_sendt: last?.sentOn ?? '',
    siste_frist: last?.deadline ?? '',
    omtvistet: record.disputed ? 'ja' : 'nei',
    foreldes: record.limitation,
  };
}

/** The cover of the bundle: the same, for a person. */
export function handoverPaper(file: CaseFile, to: string | null, enclosures: readonly Enclosure[]): Paper {
  const { case: c, claim } = file;
  const dispute = stopOf(c, 'disputed');
  const letters = sentLetters(c).map(
    ({ step, sentOn, deadline }) =>
      `${stepWord(step)} sendt ${formatDate(sentOn)}, frist ${formatDate(deadline)}`,
  );
  return {
    ...paperHead(file, 'Overlevering av krav til inkasso', [to ?? 'Inkassoforetaket']),
    subtitle: claimName(c),
    blocks: [
      text(
        `${file.creditor.name} overlater kravet nedenfor til inkasso. Åpent beløp ${formatDate(claim.asOf)} er ${formatNumber(claim.openOre)} kr.`,
      ),
      fields(
        creditorField('Fordringshaver', file.creditor),
        ...debtorFields('Skyldner', file.debtor, { to: null, debtorBorn: null }).slice(0, 1),
        field('Referanse', `Sak ${c.number}`),
        field('Brev som er sendt', ...(letters.length === 0 ? ['Ingen'] : letters)),
        field(
          'Innsigelser',
          dispute === null ? 'Ingen registrert' : `${formatDate(dispute.on)}: ${dispute.reason}`,
        ),
        field('Foreldes', formatDate(limitationOf(c))),
        paymentField(file),
      ),
      heading('Kravet'),
      claimTable(file),
      heading('Dokumenter'),
      list(enclosureLines(enclosures)),
      signature(file.creditor.name),
    ],
  };
}
