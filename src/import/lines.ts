/** A line of a text file, without its ending. Numbers count from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a text that comes in pieces; LF, CRLF and CR end one, and the last needs no ending. */
export function* linesOf(pieces: Iterable<string>): Generator<Line> {
  let rest = '';
  let number = 0;
  for (const piece of pieces) {
    const text = rest + piece;
    // A CR at the very end may have its LF in the next piece.
    const parts = (text.endsWith('\r') ? text.slice(0, -1) : text).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '') + (text.endsWith('\r') ? '\r' : '');
    for (const part of parts) yield { number: ++number, text: part };
  }
  const last = rest.replace(/\r$/, '');
  if (last !== '') yield { number: number + 1, text: last };
}
