import type { Case } from '../case/case.js';
import type { Claim } from '../case/claim.js';
import type { Debtor } from '../case/debtor.js';
import type { CaseEvent } from '../case/events.js';
import { kidOf } from '../case/kid.js';
import { formatOrgnr } from '../case/party.js';
import type { Settings } from '../case/settings.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, formatNumber } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import { addressLine, claimName } from './case-file.js';
import { eventWords } from './event-words.js';
import { field, fields, heading, list, table, text, type Block, type Field, type Paper } from './paper.js';
import { enclosureLines, type Enclosure } from './utlegg.js';

/** One of the debtor's cases, with everything stored about it. */
export interface AccessCase {
  readonly case: Case;
  /** Null while a rate the figures need is missing. */
  readonly claim: Claim | null;
  readonly status: string;
  readonly events: readonly CaseEvent[];
}

export interface AccessInput {
  readonly debtor: Debtor;
  /** What was registered before each change. */
  readonly earlier: readonly { readonly changedOn: LocalDate; readonly before: Debtor }[];
  readonly cases: readonly AccessCase[];
  readonly creditor: Settings;
  readonly on: LocalDate;
  /** The letters that lie behind the paper. */
  readonly letters: readonly Enclosure[];
}

/** Everything stored about one person or business, for that person or business to read (personvernforordningen article 15). */
export function accessPaper(input: AccessInput): Paper {
  const { debtor, creditor, on, earlier } = input;
  return {
    title: 'Innsyn i lagrede opplysninger',
    subtitle: 'Personvernforordningen artikkel 15',
    sender: [creditor.name, `Org.nr. ${formatOrgnr(creditor.orgnr)}`, addressLine(creditor)],
    receiver: [debtor.name, addressLine(debtor)].filter((line) => line !== ''),
    date: formatDate(on),
    footer: 'Innsyn i lagrede opplysninger',
    blocks: [
      text(
        `Dette er alt ${creditor.name} har lagret om ${debtor.name} i programmet kravene følges opp med, per ${formatDate(on)}.`,
      ),
      heading('Opplysninger om deg'),
      fields(...debtorRows(debtor)),
      ...earlier.flatMap(({ changedOn, before }) => [
        heading(`Registrert fram til ${formatDate(changedOn)}`),
        fields(...debtorRows(before)),
      ]),
      ...input.cases.flatMap(caseBlocks),
      ...(input.letters.length === 0
        ? []
        : [heading('Brevene følger vedlagt'), list(enclosureLines(input.letters))]),
      heading('Hvorfor, hvor lenge og hvem som får se det'),
      list([
        'Opplysningene brukes til å kreve inn forfalte fakturaer og til å dokumentere hva som er gjort.',
        'De er registrert av fordringshaveren eller hentet fra fakturaen og fra betalingene.',
        'Brev og grunnlaget for dem oppbevares i fem år etter regnskapsåret (bokføringsloven § 13). Deretter kan de slettes.',
        'De ligger på fordringshaverens egen maskin. Andre får dem bare når kravet overlates til namsmannen, forliksrådet, en bostyrer eller et inkassoforetak; det står da i saken.',
        'Er noe feil, kan du kreve det rettet. Du kan klage til Datatilsynet.',
      ]),
    ],
  };
}

const LANGUAGES = { nb: 'bokmål', nn: 'nynorsk', en: 'engelsk' } as const;
const TYPES = { consumer: 'forbruker', business: 'næringsdrivende', public: 'offentlig' } as const;

function debtorRows(debtor: Debtor): Field[] {
  const none = '–';
  const basis =
    debtor.electronicBasis === null
      ? none
      : `${debtor.electronicBasis}${debtor.electronicOn === null ? '' : ` (registrert ${formatDate(debtor.electronicOn)})`}`;
  return [
    field('Navn', debtor.name),
    field('Type', TYPES[debtor.type]),
    field('Organisasjonsnummer', debtor.orgnr === null ? none : formatOrgnr(debtor.orgnr)),
    field('Adresse', addressLine(debtor) === '' ? none : addressLine(debtor)),
    field('Landkode', debtor.country),
    field('E-post', debtor.email ?? none),
    field('Telefon', debtor.phone ?? none),
    field('Språk i brev', LANGUAGES[debtor.language]),
    field('Grunnlag for elektronisk sending', basis),
  ];
}

function caseBlocks({ case: c, claim, status, events }: AccessCase): Block[] {
  const figures =
    claim === null
      ? [field('Åpent', 'kan ikke regnes ut: en sats mangler')]
      : [
          field('Hovedstol åpen', formatKroner(claim.principalOre)),
          field('Renter åpne', formatKroner(claim.interestOre)),
          field('Kostnader åpne', formatKroner(claim.costsOre)),
          field('Innbetalt', formatKroner(claim.paidOre)),
          ...(claim.creditOre === 0 ? [] : [field('Til gode', formatKroner(claim.creditOre))]),
        ];
  const letters = c.letters.map(({ id, made, sentOn, date }) => ({
    cells: [
      String(id),
      STEP_TITLES[made.step],
      sentOn === null ? `laget ${formatDate(date)}, ikke sendt` : `sendt ${formatDate(sentOn)}`,
      formatNumber(made.totalOre),
    ],
  }));
  return [
    heading(`Sak ${c.number}`),
    fields(
      field('Gjelder', claimName(c)),
      field('Beløp på fakturaen', formatKroner(c.claim.amountOre)),
      field('KID', kidOf(c) ?? '–'),
      field('Status', status),
      ...figures,
    ),
    ...(letters.length === 0 ? [] : [table(['Brev', 'Type', 'Status', '>Krevd'], letters, 'Brev')]),
    table(
      ['Dato', 'Hendelse'],
      events.map((event) => ({ cells: [formatDate(event.happenedOn), eventWords(event)] })),
      'Hendelser',
    ),
  ];
}
