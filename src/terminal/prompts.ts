import { plain } from './text.js';
import { fitted, placesIn, widthOf, type Outlet } from './width.js';

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
  readonly output: NodeJS.WritableStream & Outlet;
}

/** The package's own words, in the language of everything else. */
const YES_NO = { keywords: { yes: 'Ja', no: 'Nei', error: () => 'Svar «ja» eller «nei».' } };
const HELP_TIP = { style: { keysHelpTip: () => 'Velg med ↑ og ↓, og trykk Enter.' } };

/** Asks in the terminal; the package is loaded at the first question. */
export function terminalAsker(keyboard: () => Keyboard): Asker {
  return {
    text: async ({ message, default: byDefault, check }) => {
      const { input } = await import('@inquirer/prompts');
      const at = seat(keyboard);
      return patiently(
        input(
          {
            message: worded(message, at.places),
            ...(byDefault === undefined ? {} : { default: byDefault }),
            validate: (answer) => {
              const why = check?.(answer) ?? null;
              return why === null ? true : inside(why, at.places);
            },
          },
          at.keyboard,
        ),
      );
    },
    choose: async (message, choices, byDefault) => {
      const { select } = await import('@inquirer/prompts');
      const at = seat(keyboard);
      const options = choices.map(({ value, name }) => ({
        value,
        name: inside(name, at.places).replaceAll('\n', '\n  '),
        short: onOneLine(name),
      }));
      return patiently(
        select(
          {
            message: worded(message, at.places),
            choices: options,
            theme: HELP_TIP,
            ...(byDefault === undefined ? {} : { default: byDefault }),
          },
          at.keyboard,
        ),
      );
    },
    confirm: async (message, byDefault) => {
      const { confirm } = await import('@inquirer/prompts');
      const at = seat(keyboard);
      return patiently(
        confirm({ message: worded(message, at.places), default: byDefault, theme: YES_NO }, at.keyboard),
      );
    },
  };
}

/** The keyboard for one question, and the places in a line where it is shown. */
function seat(keyboard: () => Keyboard): { keyboard: Keyboard; places: number | null } {
  const { input, output } = keyboard();
  return { keyboard: { input, output }, places: placesIn(output) };
}

/** Places the package's own mark takes before a question, a choice or an objection. */
const MARK = 2;

/** Places for " (j/N) " after a question. */
const HINT = 7;

/** A question in lines the package need not break: where it is long, what is asked stands alone after what it is about. */
function worded(message: string, places: number | null): string {
  const flat = onOneLine(message);
  if (places === null || widthOf(flat) <= places - MARK - HINT) return flat;
  const [, about = '', question = flat] = /^(.*[.!?]) (.+)$/.exec(flat) ?? [];
  const asked = fitted(question, places - MARK - HINT);
  return about === '' ? asked : `${fitted(about, places - MARK)}\n${asked}`;
}

/** A choice or an objection, with the package's mark before it. */
function inside(text: string, places: number | null): string {
  return fitted(onOneLine(text), places === null ? null : places - MARK);
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
