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

/** Where a person types, and where the questions are shown. */
export interface Keyboard {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** The package's own words, in the language of everything else. */
const YES_NO = { keywords: { yes: 'Ja', no: 'Nei', error: () => 'Svar «ja» eller «nei».' } };
const HELP_TIP = { style: { keysHelpTip: () => 'Velg med ↑ og ↓, og trykk Enter.' } };

/** Asks in the terminal; the package is loaded at the first question. */
export function terminalAsker(keyboard: () => Keyboard): Asker {
  return {
    text: async ({ message, default: byDefault, check }) => {
      const { input } = await import('@inquirer/prompts');
      return patiently(
        input(
          {
            message: onOneLine(message),
            ...(byDefault === undefined ? {} : { default: byDefault }),
            validate: (answer) => {
              const why = check?.(answer) ?? null;
              return why === null ? true : onOneLine(why);
            },
          },
          keyboard(),
        ),
      );
    },
    choose: async (message, choices, byDefault) => {
      const { select } = await import('@inquirer/prompts');
      const options = choices.map(({ value, name }) => ({ value, name: onOneLine(name) }));
      return patiently(
        select(
          {
            message: onOneLine(message),
            choices: options,
            theme: HELP_TIP,
            ...(byDefault === undefined ? {} : { default: byDefault }),
          },
          keyboard(),
        ),
      );
    },
    confirm: async (message, byDefault) => {
      const { confirm } = await import('@inquirer/prompts');
      return patiently(
        confirm({ message: onOneLine(message), default: byDefault, theme: YES_NO }, keyboard()),
      );
    },
  };
}

/** A name from a file could otherwise draw lines that look like the program's own. */
function onOneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ');
}

async function patiently<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'ExitPromptError') throw new Interrupted();
    throw fault;
  }
}
