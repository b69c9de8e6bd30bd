import { isBankCsv, readBankCsv } from './bank-csv.js';
import { isCamt, readCamt } from './camt.js';
import { isOcrGiro, readOcrGiro } from './ocr-giro.js';
import type { BankContext, BankRecord } from './payment.js';
import { BANKS, type Format } from './plan.js';

/** A format that holds payments. */
export interface BankFormat {
  readonly format: Format;
  /** By the beginning of the content, never by the file's name. */
  recognises(head: string): boolean;
  /** @throws FileRefused: then nothing of the file holds. */
  read(pieces: Iterable<string>, context: BankContext): Iterable<BankRecord>;
}

export const BANK_FORMATS: readonly BankFormat[] = [
  { format: 'camt', recognises: isCamt, read: readCamt },
  { format: 'ocr', recognises: isOcrGiro, read: readOcrGiro },
  ...BANKS.map((bank): BankFormat => ({
    format: `bank:${bank}`,
    recognises: isBankCsv(bank),
    read: readBankCsv(bank),
  })),
];
