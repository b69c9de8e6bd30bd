import type { Context } from '../context.js';
import type { ExitCode } from './fault.js';

export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** What a command has to say: data for programs, text for people, and what they should know besides. */
export interface Answer {
  readonly data: object;
  readonly text: string;
  /** Whether the text is for another program, and its lines must stay whole. */
  readonly verbatim?: boolean;
  readonly warnings?: readonly Warning[];
  readonly exitCode?: ExitCode;
}

/** Flags as they were given; a repeated flag is a list. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command's work, given what it may touch. */
export type Verb = (ctx: Context, args: readonly string[], options: Options) => Answer | Promise<Answer>;

/** Turns a verb into what the argument parser calls. */
export type Act = (verb: Verb) => (...args: unknown[]) => Promise<void>;
