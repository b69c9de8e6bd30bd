/** Places the bar itself takes. */
const WIDTH = 24;

/** How far something has come, drawn over what was drawn before, and rubbed out at the end. */
export function progressBar(done: number, of: number, what: string): string {
  const filled = Math.round((done / of) * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  return `\r${bar} ${done}/${of} ${what}${done === of ? '\r\u001b[K' : ''}`;
}
