import type { Status } from '../case/outlook.js';

/** What a status is called in the terminal. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  open: 'åpen',
  disputed: 'omtvistet',
  plan: 'nedbetaling',
  held: 'på vent',
  legal: 'rettslig',
  handedOver: 'overlatt',
  bankrupt: 'konkurs',
  stopped: 'stanset',
  bero: 'i bero',
  writtenOff: 'tapsført',
  paid: 'betalt',
  closed: 'avsluttet',
};

/** How a case stands, as the end of «Sak 1 …». */
export const STATUS_SENTENCES: Readonly<Record<Status, string>> = {
  open: 'er åpen',
  disputed: 'er omtvistet',
  plan: 'har en nedbetalingsavtale',
  held: 'er på vent',
  legal: 'er klar for rettslige skritt',
  handedOver: 'er overlatt til andre',
  bankrupt: 'er stanset fordi skyldneren er konkurs',
  stopped: 'er stanset',
  bero: 'er lagt i bero',
  writtenOff: 'er tapsført',
  paid: 'er betalt',
  closed: 'er avsluttet',
};
