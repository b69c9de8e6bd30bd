import type { Letter } from '../case/case.js';
import type { CaseEvent } from '../case/events.js';
import { formatDate } from '../law/dates.js';
import { formatNumber } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import { calculationBlocks } from './calculation.js';
import { claimName, creditorField, debtorFields, paperHead, type CaseFile } from './case-file.js';
import { eventWords } from './event-words.js';
import { field, fields, heading, list, table, text, type Block, type Paper } from './paper.js';
import { enclosureLines, type Enclosure } from './utlegg.js';

/** An event with its place in the chain. */
export type ProvenEvent = CaseEvent & {
  /** Number among all the events of the database. */
  readonly seq: number;
  readonly recordedAt: string;
  /** SHA-256 over the hash before it and everything the event says. */
  readonly hash: string;
};

/** The end of the chain when the dossier was made. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export interface DossierInput {
  readonly events: readonly ProvenEvent[];
  readonly head: ChainHead;
  /** What the case is called today: «åpen», «betalt». */
  readonly status: string;
  readonly enclosures: readonly Enclosure[];
}

/** The whole case on paper: parties, claim, history, letters, calculation, and how to see that nothing was changed. */
export function dossierPaper(file: CaseFile, input: DossierInput): Paper {
  const { case: c } = file;
  return {
    ...paperHead(file, `Saksmappe for sak ${c.number}`, []),
    footer: `Saksmappe, sak ${c.number}`,
    subtitle: `${claimName(c)}. Status ${formatDate(file.on)}: ${input.status}.`,
    blocks: [
      fields(
        creditorField('Fordringshaver', file.creditor),
        ...debtorFields('Skyldner', file.debtor, { to: null, debtorBorn: null }).slice(0, 1),
        field('Åpent beløp', `${formatNumber(file.claim.openOre)} kr per ${formatDate(file.claim.asOf)}`),
      ),
      heading('Hva som har skjedd'),
      history(input.events),
      heading('Brev'),
      ...letterBlocks(c.letters, c.claim.history.length),
      heading('Utregning'),
      ...calculationBlocks(file),
      heading('Kontroll'),
      ...proof(input),
      ...(input.enclosures.length === 0
        ? []
        : [heading('Vedlagte brev'), list(enclosureLines(input.enclosures))]),
    ],
  };
}

/** The history, event by event; one that was undone stays and is named by the event that undid it. */
function history(events: readonly ProvenEvent[]): Block {
  const undone = new Set(events.flatMap((event) => (event.type === 'undone' ? [event.undoes] : [])));
  const rows = events.map((event) => ({
    cells: [
      String(event.version),
      formatDate(event.happenedOn),
      formatDate(event.recordedOn),
      `${eventWords(event)}${undone.has(event.version) ? ' (Senere angret.)' : ''}`,
    ],
  }));
  return table(['Nr.', 'Dato', 'Registrert', 'Hendelse'], rows);
}

const STATES = { generated: 'ikke bekreftet sendt', sent: 'sendt', withdrawn: 'trukket tilbake' } as const;

function letterBlocks(letters: readonly Letter[], earlier: number): Block[] {
  const before =
    earlier === 0
      ? []
      : [text(`${earlier === 1 ? 'Ett brev' : `${earlier} brev`} ble sendt før saken ble registrert her.`)];
  if (letters.length === 0) return [...before, text('Det er ikke laget brev i saken.')];
  const rows = letters.map(({ id, made, state, date, sentOn }) => ({
    cells: [
      String(id),
      STEP_TITLES[made.step],
      `${STATES[state]} ${formatDate(sentOn ?? date)}`,
      formatDate(made.deadline),
      formatNumber(made.totalOre),
    ],
  }));
  return [...before, table(['Brev', 'Type', 'Status', 'Frist', '>Krevd'], rows)];
}

/** How a reader sees that letters and history are the ones that were made. */
function proof({ events, head }: DossierInput): Block[] {
  const letters = events.flatMap((event) =>
    event.type === 'letterGenerated' ? [{ cells: [`Brev ${event.letter}`, event.pdfSha256] }] : [],
  );
  const chain = events.map((event) => ({
    cells: [String(event.version), String(event.seq), event.recordedAt, event.hash],
  }));
  return [
    text(
      'Hendelsene ligger i en kjede: hver har en SHA-256-sum over summen før og alt hendelsen sier. Endres én hendelse, stemmer ingen summer etter den.',
    ),
    table(['Nr.', 'I kjeden', 'Registrert (UTC)', 'Kjedesum'], chain),
    text(`Kjeden slutter nå med hendelse ${head.seq}: ${head.hash}.`),
    ...(letters.length === 0
      ? []
      : [
          text('Hvert brev har en SHA-256-sum av PDF-filen slik den ble laget:'),
          table(['Brev', 'SHA-256 av PDF-filen'], letters),
        ]),
    list([
      '«inkasso check» regner hele kjeden og alle brevene på nytt og sier hva som ikke stemmer.',
      '«inkasso letter <nr>» skriver et brev ut igjen slik det ligger lagret, og «inkasso letter verify <fil>» sier om en PDF er et av dem, bit for bit.',
      'Uten programmet: «sha256sum brev.pdf» skal gi summen i tabellen. Kopiene som følger vedlagt her, er merket med bilagsnummer og har derfor en annen sum.',
    ]),
  ];
}
