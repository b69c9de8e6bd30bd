/** `12.25` as people write it: `12,25 %`. */
export function formatRate(rate: string): string {
  return `${rate.replace('.', ',')} %`;
}

/** IBAN in groups of four, the way it is printed. */
export function formatIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The first letter large, for a sentence that begins with a word made small. */
export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
