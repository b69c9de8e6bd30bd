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
