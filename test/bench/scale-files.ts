import { ocrFile as ocrText } from '../support/ocr.js';

const HEADER =
  'invoice;amount;due;issued;description;debtor;type;orgnr;address;zip;city;country;email;language;kid';

/** Whole kroner of an invoice: all different, so that nothing can be guessed from the one before. */
function kroner(number: number): number {
  return 200 + ((number * 7919) % 20_000);
}

/** Invoices as an accounting system exports them, each to a debtor of its own, numbered from the first. */
export function invoiceFile(count: number, first: number, due: string): string {
  const lines = [HEADER];
  for (let number = first; number < first + count; number += 1) {
    lines.push(
      `${number};${kroner(number)},50;${due};2026-07-20;maling av gjerde;Kari Fiktiv ${number};consumer;;Tenktveien ${number};0150;Oslo;NO;;nb;${withCheckDigit(String(number))}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The payments of the same invoices, each of the whole amount, as OCR giro. */
export function ocrFile(count: number, first: number): string {
  const payments = Array.from({ length: count }, (_none, index) => ({
    ore: kroner(first + index) * 100 + 50,
    kid: withCheckDigit(String(first + index)),
    nets: '200826',
  }));
  return ocrText([{ account: '15031234562', payments }]);
}

/** Modulus 10, as on a giro. */
export function withCheckDigit(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  });
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
