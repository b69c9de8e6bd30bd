import { cite, hjemmel, type Hjemmel } from './reference.js';
import { remembered } from './remembered.js';

/**
 * Every rule the program enforces, with its legal basis. The identifiers are the ones used in messages, in `why`
 * and in the documentation (README.md in this folder). A text instead of paragraphs is what the rule rests on where no
 * statute says it.
 */
export const RULES = {
  F1: [hjemmel('inkf', '1-1', 'tredje ledd'), hjemmel('inkf', '1-2', 'fjerde ledd')],
  F2: [hjemmel('inkf', '1-2')],
  F3: [hjemmel('inkf', '1-2', 'første ledd')],
  F4: [hjemmel('inkf', '1-2', 'tredje ledd')],
  F5: [hjemmel('inkf', '1-3', 'første ledd')],
  F6: [hjemmel('inkf', '1-3', 'første ledd')],
  F7: [hjemmel('inkf', '1-3', 'andre ledd')],
  F8: [hjemmel('inkf', '1-2'), hjemmel('inkf', '1-3')],
  F9: [hjemmel('frl', '3 a'), hjemmel('inkf', '1-5')],
  F10: [hjemmel('inkl', '17', 'andre ledd')],
  I1: [hjemmel('frl', '3', 'første ledd')],
  I2: [hjemmel('frl', '2')],
  I3: [hjemmel('frl', '2', 'første ledd')],
  I4: [hjemmel('frl', '3')],
  I5: [hjemmel('frl', '3')],
  I6: [hjemmel('frl', '2')],
  I7: [hjemmel('frl', '3', 'første ledd')],
  I8: [hjemmel('frl', '2', 'første ledd')],
  I9: [hjemmel('frl', '2')],
  D1: 'kalenderdato i Norge',
  D2: [hjemmel('inkl', '9'), hjemmel('inkl', '10'), hjemmel('dl', '148', 'første ledd')],
  D3: 'praksis, alltid til gunst for skyldneren',
  D4: [hjemmel('gbl', '5', 'andre ledd')],
  D5: [hjemmel('hdl', '2')],
  D6: [hjemmel('inkl', '9', 'andre ledd'), hjemmel('inkf', '1-2', 'tredje ledd')],
  D7: [hjemmel('inkf', '1-2')],
  L1: [hjemmel('inkl', '9')],
  L2: [hjemmel('inkf', '1-3', 'første ledd')],
  L3: [hjemmel('inkl', '10', 'første ledd')],
  L4: [hjemmel('inkl', '9')],
  L5: [hjemmel('inkl', '10', 'andre ledd')],
  L6: [hjemmel('inkf', '1-2', 'første ledd')],
  L7: [hjemmel('inkl', '8')],
  L8: [hjemmel('inkl', '8')],
  L9: [hjemmel('inkl', '3 a')],
  S1: [hjemmel('inkl', '8'), hjemmel('inkl', '17', 'andre ledd')],
  S2: [hjemmel('inkl', '8')],
  S3: [hjemmel('inkl', '8')],
  S4: [hjemmel('kkl', '109')],
  S5: [hjemmel('inkl', '8')],
  S6: [hjemmel('inkl', '8')],
  S7: [hjemmel('inkl', '8')],
  S8: [hjemmel('inkl', '8')],
  S9: 'fordringshaverens valg',
  P1: 'Lovavdelingens uttalelse 19.08.1999',
  P2: [hjemmel('frl', '2')],
  P3: 'alminnelige obligasjonsrettslige regler',
  P4: 'praksis: bankens bokføringsdag',
  P5: 'fordringshaverens valg',
  W1: [hjemmel('fl', '2'), hjemmel('fl', '3')],
  W2: [hjemmel('fmva', '4-7-1')],
  W3: [hjemmel('rgl', '6 a')],
  E1: [hjemmel('tvfbl', '4-18'), hjemmel('tvfbl', '4-19')],
  E2: [hjemmel('inkl', '11', 'andre ledd')],
  E3: [hjemmel('tvfbl', '5-2')],
  E4: [hjemmel('tvfbl', '1-2')],
  E5: [hjemmel('kkl', '63')],
  G1: [hjemmel('inkl2026', '20'), hjemmel('inkl2026', '21')],
  G2: [hjemmel('inkl2026', '20'), hjemmel('inkl2026', '21')],
  G3: 'programmets kontroll av satsene',
  B1: [hjemmel('bfl', '13')],
} as const satisfies Record<string, readonly Hjemmel[] | string>;

export type RuleId = keyof typeof RULES;

/** The citation of a rule, e.g. `inkassoforskriften § 1-2 første ledd`. */
export const citeRule = remembered((rule: RuleId): string => {
  const places = RULES[rule];
  return typeof places === 'string' ? places : cite(...places);
});

/** One ground for a figure, a date or a "no": the rule, its paragraph and a sentence a person can read. */
export interface Reason {
  readonly rule: RuleId;
  readonly hjemmel: string;
  readonly text: string;
}

/** `place` cites more exactly than the rule's own paragraphs. */
export function because(rule: RuleId, text: string, place?: Hjemmel): Reason {
  return { rule, hjemmel: place === undefined ? citeRule(rule) : cite(place), text };
}

/** A "no" that is a value: why, and the day from which the answer changes, when there is one. */
export interface Refusal extends Reason {
  readonly until: string | null;
}

/** A "no" for a rule; `until` is the ISO date from which the answer changes, where there is one. */
export function refuse(rule: RuleId, text: string, until: string | null = null): Refusal {
  return { rule, hjemmel: citeRule(rule), text, until };
}
