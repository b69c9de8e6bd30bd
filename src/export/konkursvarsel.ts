import { courtFee } from '../law/court-fees.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
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
import { blank, field, fields, heading, list, note, signature, text, type Paper } from './paper.js';
import { enclosureLines, feeWords, type Enclosure } from './utlegg.js';

/** A demand for payment under the threat of bankruptcy, to be served on the debtor (konkursloven § 63). @throws RateUnknown */
export function konkursvarselPaper(
  file: CaseFile,
  answers: PaperAnswers,
  enclosures: readonly Enclosure[],
): Paper {
  const { creditor, debtor, claim } = file;
  const { demandedOn } = enforcementFacts(file, null);
  return {
    ...paperHead(file, 'Konkursvarsel', [debtor.name]),
    subtitle: 'Betalingsoppfordring etter konkursloven § 63, til forkynnelse',
    blocks: [
      fields(
        creditorField('Fordringshaver', creditor),
        ...debtorFields('Skyldner', debtor, answers),
        field('Forkynnes ved', answers.to ?? 'Hovedstevnevitnet der skyldneren har forretningsadresse'),
      ),
      text(
        `${creditor.name} har dette kravet mot skyldneren: ${claimName(file.case)}. Kravet er klart og forfalt${demandedOn === null ? '' : `, og det ble framsatt skriftlig ${formatDate(demandedOn)}`}.`,
      ),
      claimTable(file),
      text(
        `Skyldneren oppfordres til å betale ${formatKroner(claim.openOre)} innen to uker fra dette varselet blir forkynt.`,
      ),
      text(
        'Blir kravet ikke betalt innen fristen, kan fordringshaveren begjære konkurs åpnet hos skyldneren, og skyldneren vil da i alminnelighet bli ansett for å være insolvent (konkursloven § 63).',
      ),
      fields(paymentField(file)),
      ...(enclosures.length === 0 ? [] : [heading('Bilag'), list(enclosureLines(enclosures))]),
      signature(creditor.name),
      heading('Fylles ut ved forkynnelsen'),
      fields(blank('Forkynt dato'), blank('Forkynt for'), blank('Stevnevitne')),
    ],
  };
}

/** What the creditor must know and the debtor need not read: a page of its own, not to be served. */
export function konkursvarselGuide(file: CaseFile): Paper {
  const fee = courtFee('konkursvarsel', file.on, file.rates);
  return {
    ...paperHead(file, 'Om konkursvarselet', [file.creditor.name]),
    footer: `Om konkursvarselet, sak ${file.case.number} – til eget bruk`,
    subtitle: 'Til eget bruk. Skal ikke forkynnes.',
    blocks: [
      list([
        'Varselet leveres til hovedstevnevitnet der skyldneren har forretningsadresse, og forkynnes for skyldneren.',
        `Forkynnelsen koster ${formatKroner(fee.amountOre)}. ${capitalise(feeWords(fee.multiple, fee.row.value))} Gebyret er ikke en del av kravet i varselet.`,
        'Fristen på to uker regnes fra forkynnelsen.',
        'En konkursbegjæring må være kommet inn til retten innen to uker etter at fristen i varselet er ute. Senere kan ikke insolvens legges til grunn på dette varselet (konkursloven § 63).',
        'Regelen gjelder bare skyldnere som er, eller det siste året har vært, regnskapspliktige.',
        'Den som begjærer konkurs, må regne med å stille sikkerhet for kostnadene ved bobehandlingen (konkursloven § 67).',
      ]),
      note('Er kravet omtvistet, er det ikke «klart», og varselet skal ikke brukes.'),
    ],
  };
}

function capitalise(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
