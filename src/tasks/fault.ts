import type { Refusal } from '../law/rules.js';

/** Exit codes of the command line; README and the man page list the same. */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  rateMissing: 5,
  findings: 6,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A "no" to the user: one clear sentence, the way out, and the exit code. Never a stack trace. */
export class UserFault extends Error {
  constructor(
    readonly exitCode: ExitCode,
    readonly code: string,
    message: string,
    readonly hint: string | null = null,
    readonly refusal: Refusal | null = null,
  ) {
    super(message);
    this.name = 'UserFault';
  }
}

export function usage(message: string, hint: string | null = null, code = 'INVALID_INPUT'): UserFault {
  return new UserFault(EXIT.usage, code, message, hint);
}

export function notFound(message: string, hint: string | null = null): UserFault {
  return new UserFault(EXIT.notFound, 'NOT_FOUND', message, hint);
}

/** A legal rule says no. */
export function refused(refusal: Refusal, hint: string | null = null): UserFault {
  return new UserFault(EXIT.refused, 'REFUSED', refusal.text, hint, refusal);
}
