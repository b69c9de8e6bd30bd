import { plain } from './text.js';

/** A question to the person at the keyboard. `check` returns what is wrong with an answer, or null. */
export interface Question {
  readonly message: string;
  readonly default?: string;
  readonly check?: (answer: string) => string | null;
}

export interface Choice {
  readonly value: string;
  readonly name: string;
}

/** Asks the person at the keyboard. */
export interface Asker {
  text(question: Question): Promise<string>;
  choose(message: string, choices: readonly Choice[], byDefault?: string): Promise<string>;
  confirm(message: string, byDefault: boolean): Promise<boolean>;
}

/** The user pressed Ctrl-C at a question. */
export class Interrupted extends Error {}

/** Asks in the terminal; the package is loaded at the first question. Questions go to stderr: stdout carries data. */
export function terminalAsker(): Asker {
  const context = { output: process.stderr };
  return {
    text: async ({ message, default: byDefault, check }) => {
      const { input } = await import('@inquirer/prompts');
      return patiently(
        input(
          {
            message: plain(message),
            ...(byDefault === undefined ? {} : { default: byDefault }),
            validate: (answer) => check?.(answer) ?? true,
          },
          context,
        ),
      );
    },
    choose: async (message, choices, byDefault) => {
      const { select } = await import('@inquirer/prompts');
      const options = choices.map(({ value, name }) => ({ value, name: plain(name) }));
      return patiently(
        select(
          {
            message: plain(message),
            choices: options,
            ...(byDefault === undefined ? {} : { default: byDefault }),
          },
          context,
        ),
      );
    },
    confirm: async (message, byDefault) => {
      const { confirm } = await import('@inquirer/prompts');
      return patiently(
        confirm(
          { message: plain(message), default: byDefault, transformer: (yes) => (yes ? 'Ja' : 'Nei') },
          context,
        ),
      );
    },
  };
}

async function patiently<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'ExitPromptError') throw new Interrupted();
    throw fault;
  }
}
