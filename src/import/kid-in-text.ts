import type { NamedKid } from './payment.js';

/** A KID a payer wrote as a message: shown to the user, never booked by itself. */
export function kidInText(text: string | null): NamedKid[] {
  const kid = /\bKID[\s:.]*(\d{2,25}|\d{1,24}-)(?![\d-])/i.exec(text ?? '')?.[1];
  return kid === undefined ? [] : [{ kid, amountOre: null }];
}
