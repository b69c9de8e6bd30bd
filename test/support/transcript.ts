import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM, type Desk } from './cli.js';

/** Lays the shipped sample invoices where a story or the README expects them. */
export function layInvoices(desk: Desk): void {
  const folder = join(PROGRAM, 'examples', 'fakturaer');
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), desk.path(name));
}

/** A command line as a shell reads it: words, and quotes round those with blanks. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** What a person sees: what was typed, then what came back. The folder is shown as ~. */
export async function typed(desk: Desk, line: string, now?: string): Promise<string> {
  const { code, stdout, stderr } = await desk.cli(words(line).slice(1), {
    env: { INKASSO_DB: desk.database },
    ...(now === undefined ? {} : { now }),
  });
  const told = `${stdout}${stderr}${code === 0 ? '' : `(avslutningskode ${code})\n`}`;
  // Said only where the browser is slow to start.
  const always = told.replace(/^Starter nettleseren .*\n/m, '');
  return `$ ${line}\n${always.replaceAll(desk.folder, '~')}`;
}
