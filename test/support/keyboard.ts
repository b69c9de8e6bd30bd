import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Keyboard } from '../../src/terminal/prompts.js';

export const ENTER = '\r';
export const CTRL_C = '\u0003';
export const ESCAPE = '\u001b';

/** A person who reads what is shown, and types when a text they wait for appears after what they typed last. */
export class Person implements Keyboard {
  readonly input = new PassThrough();
  /** Everything shown, as it was sent to the terminal. */
  raw = '';
  private read = 0;
  private readonly left: (readonly [seen: string, typed: string])[];

  constructor(answers: readonly (readonly [seen: string, typed: string])[]) {
    this.left = [...answers];
  }

  /** A question closes what it was shown on, as it never does with a real terminal: each gets its own. */
  get output(): PassThrough {
    const screen = new PassThrough();
    // Someone who is asked what they did not expect goes away, and the test tells what was shown.
    let patience = this.wait();
    screen.setEncoding('utf8').on('data', (text: string) => {
      this.raw += text;
      clearTimeout(patience);
      patience = this.wait();
      this.answer();
    });
    screen.once('end', () => clearTimeout(patience));
    return screen;
  }

  /** What was shown, without what moves the cursor. */
  get shown(): string {
    return stripVTControlCharacters(this.raw);
  }

  /** What this person waited for and never saw. */
  get unasked(): readonly string[] {
    return this.left.map(([seen]) => seen);
  }

  private wait(): NodeJS.Timeout {
    return setTimeout(() => this.input.write(CTRL_C), 10_000).unref();
  }

  private answer(): void {
    const [next] = this.left;
    if (next === undefined || !squeezed(this.shown.slice(this.read)).includes(squeezed(next[0]))) return;
    this.read = this.shown.length;
    this.left.shift();
    // The question listens once it has been drawn.
    setImmediate(() => this.input.write(next[1]));
  }
}

/** A question is broken into lines where the terminal ends, also within words. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
