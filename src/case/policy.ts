import { addDays, localDate } from '../law/dates.js';
import { afterGrace, deadlineFor, type LadderStep } from '../law/procedure.js';
import { refuse, type Refusal, type RuleId } from '../law/rules.js';
import { isPurring, STEPS, stepWord, type Step } from '../law/steps.js';

/** A creditor's ladder of letters, by name. */
export interface Policy {
  readonly name: string;
  readonly steps: readonly LadderStep[];
}

function rung(step: Step, wait: number, claims: { fee: boolean; interest: boolean }): LadderStep {
  return { step, wait, ...claims };
}

const BOTH = { fee: true, interest: true };

/** The ladders that come with the program. */
export const POLICIES: Readonly<Record<'standard' | 'mild' | 'fast', Policy>> = {
  standard: {
    name: 'standard',
    steps: [rung('purring', 14, BOTH), rung('inkassovarsel', 0, BOTH), rung('betalingsoppfordring', 0, BOTH)],
  },
  mild: {
    name: 'mild',
    steps: [
      rung('paaminnelse', 5, { fee: false, interest: false }),
      rung('purring', 0, { fee: true, interest: false }),
      rung('rentenota', 0, BOTH),
      rung('inkassovarsel', 0, { fee: false, interest: true }),
      rung('betalingsoppfordring', 0, BOTH),
    ],
  },
  fast: {
    name: 'fast',
    steps: [rung('inkassovarsel', 3, { fee: false, interest: true }), rung('betalingsoppfordring', 0, BOTH)],
  },
};

/** Whether a ladder of this name comes with the program. */
export function isShippedPolicy(name: string): name is keyof typeof POLICIES {
  return Object.hasOwn(POLICIES, name);
}

export type PolicyCheck =
  | { readonly kind: 'ok'; readonly policy: Policy; readonly warnings: readonly string[] }
  | { readonly kind: 'malformed'; readonly why: string }
  | { readonly kind: 'unlawful'; readonly refusal: Refusal };

/** Refuses a ladder that would break a rule; warns about one that gives away a lawful fee. */
export function checkPolicy(policy: Policy): PolicyCheck {
  const refusal = firstBreach(policy.steps);
  if (refusal !== null) return { kind: 'unlawful', refusal };
  if (isShippedPolicy(policy.name)) {
    return {
      kind: 'malformed',
      why: `name: «${policy.name}» er et av programmets egne løp; velg et annet navn`,
    };
  }
  return { kind: 'ok', policy, warnings: wastedFees(policy.steps) };
}

type Breach = (steps: readonly LadderStep[]) => Refusal | null;

const BREACHES: readonly Breach[] = [
  breachOfOrder,
  breachOfBetalingsoppfordring,
  breachOfFirstWait,
  breachOfFreeLetters,
  breachOfFirstFee,
  breachOfFeeCap,
];

function firstBreach(steps: readonly LadderStep[]): Refusal | null {
  for (const breach of BREACHES) {
    const refusal = breach(steps);
    if (refusal !== null) return refusal;
  }
  return null;
}

function no(rule: RuleId, text: string): Refusal {
  return refuse(rule, text);
}

function breachOfOrder(steps: readonly LadderStep[]): Refusal | null {
  const varsel = steps.findIndex((rung) => rung.step === 'inkassovarsel');
  const late = steps.find(
    (rung, index) =>
      varsel >= 0 && index > varsel && STEPS.indexOf(rung.step) < STEPS.indexOf('inkassovarsel'),
  );
  if (late !== undefined) return no('L2', `Etter inkassovarselet kan løpet ikke ha ${stepWord(late.step)}.`);
  const varsler = steps.filter((rung) => rung.step === 'inkassovarsel').length;
  return varsler > 1 ? no('L2', 'Løpet kan ha ett inkassovarsel.') : null;
}

function breachOfBetalingsoppfordring(steps: readonly LadderStep[]): Refusal | null {
  const at = steps.findIndex((rung) => rung.step === 'betalingsoppfordring');
  if (at < 0) return null;
  if (steps.filter((rung) => rung.step === 'betalingsoppfordring').length > 1) {
    return no('F5', 'Løpet kan ha én betalingsoppfordring.');
  }
  if (!steps.slice(0, at).some((rung) => rung.step === 'inkassovarsel')) {
    return no('L3', 'En betalingsoppfordring må komme etter et inkassovarsel.');
  }
  return at === steps.length - 1 ? null : no('L3', 'Betalingsoppfordringen er siste brev i løpet.');
}

function breachOfFirstWait(steps: readonly LadderStep[]): Refusal | null {
  return (steps[0]?.wait ?? 0) >= 1
    ? null
    : no('L1', 'Første brev kan tidligst sendes dagen etter forfall (wait: 1).');
}

function breachOfFreeLetters(steps: readonly LadderStep[]): Refusal | null {
  const free = steps.find(
    (rung) => rung.fee && (rung.step === 'paaminnelse' || rung.step === 'overdragelsesvarsel'),
  );
  return free === undefined ? null : no('F8', `Det kan ikke kreves gebyr for ${stepWord(free.step)}.`);
}

function breachOfFirstFee(steps: readonly LadderStep[]): Refusal | null {
  const first = steps[0];
  if (first === undefined || !first.fee || first.wait >= 14) return null;
  return no('F3', `Gebyr for ${stepWord(first.step)} kan først kreves 14 dager etter forfall (wait: 14).`);
}

function breachOfFeeCap(steps: readonly LadderStep[]): Refusal | null {
  const small = steps.filter((rung) => rung.fee && (isPurring(rung.step) || rung.step === 'inkassovarsel'));
  return small.length > 2 ? no('F5', 'Løpet krever et tredje 1/20-gebyr.') : null;
}

/** A rung without a fee where the Act would allow one (F3–F6), on the earliest days the ladder can run. */
function wastedFees(steps: readonly LadderStep[]): string[] {
  const due = localDate('2026-01-05');
  let day = due;
  let small = steps.filter((rung) => rung.fee && rung.step !== 'betalingsoppfordring').length;
  return steps.flatMap((rung, index) => {
    day = index === 0 ? addDays(due, rung.wait) : addDays(afterGrace(deadlineFor(day, 14), 0), rung.wait);
    if (rung.fee || rung.step === 'paaminnelse' || rung.step === 'overdragelsesvarsel') return [];
    if (rung.step === 'betalingsoppfordring')
      return ['Løpet krever ikke gebyr for betalingsoppfordringen, enda loven tillater det.'];
    if (day < addDays(due, 14) || small >= 2) return [];
    small += 1;
    return [`Løpet krever ikke gebyr for ${stepWord(rung.step)}, enda loven tillater det.`];
  });
}
