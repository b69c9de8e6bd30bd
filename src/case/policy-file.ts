import { z } from 'zod';
import { STEPS } from '../law/steps.js';
import { checkPolicy, type PolicyCheck } from './policy.js';

const policyFile = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'små bokstaver, tall og bindestrek'),
  steps: z
    .array(
      z.strictObject({
        step: z.enum(STEPS),
        wait: z.number().int().min(0).max(365).default(0),
        fee: z.boolean(),
        interest: z.boolean(),
      }),
    )
    .min(1)
    .max(12),
});

/** Reads and checks a ladder from a file's JSON: its form, then the law. */
export function checkPolicyFile(json: unknown): PolicyCheck {
  const parsed = policyFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { kind: 'malformed', why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'ukjent feil'}` };
  }
  return checkPolicy(parsed.data);
}
