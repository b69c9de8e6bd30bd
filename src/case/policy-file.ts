import { z } from 'zod';
import { STEPS } from '../law/steps.js';
import { checkPolicy, type PolicyCheck } from './policy.js';

const NAME = 'må være små bokstaver, tall og bindestrek';
const WAIT = 'må være et helt antall dager fra 0 til 365';
const TRUTH = 'må være true eller false';

const policyRung = z.strictObject(
  {
    step: z.enum(STEPS, `må være en av ${STEPS.join(', ')}`),
    wait: z.int(WAIT).min(0, WAIT).max(365, WAIT).default(0),
    fee: z.boolean(TRUTH),
    interest: z.boolean(TRUTH),
  },
  'har bare step, wait, fee og interest',
);

const policyFile = z.strictObject(
  {
    name: z.string(NAME).regex(/^[a-z][a-z0-9-]{0,39}$/, NAME),
    steps: z
      .array(policyRung, 'må være en liste')
      .min(1, 'må ha minst ett brev')
      .max(12, 'kan ha høyst 12 brev'),
  },
  'har bare name og steps',
);

/** Reads and checks a ladder from a file's JSON: its form, then the law. */
export function checkPolicyFile(json: unknown): PolicyCheck {
  const parsed = policyFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'filen' : issue.path.join('.');
    return { kind: 'malformed', why: `${place} ${issue?.message ?? 'kan ikke leses'}` };
  }
  return checkPolicy(parsed.data);
}
