import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = join(dirname(fileURLToPath(import.meta.url)), '../../src');
const README = readFileSync(join(src, 'law/README.md'), 'utf8');

/** The places a rule is said to be: files, each with what in it. Of S and P in `case`, else in `law` (the table's head). */
function placesOf(row: string): [file: string, names: string[]][] {
  const [rule = '', , , code = ''] = row.split('|').slice(1);
  const folder = /^ [SP]/.test(rule) ? 'case' : 'law';
  return [...code.matchAll(/`([^`]+)`([^;]*)/g)].map(([, file = '', names = '']) => [
    join(src, folder, file),
    names.split(',').flatMap((name) => name.trim() || []),
  ]);
}

it('the table of rules names what there is', () => {
  const rows = README.split('\n').filter((line) => /^\| [A-Z]\d+ \|/.test(line));
  expect(rows.length).toBeGreaterThan(50);
  const missing = rows.flatMap((row) =>
    placesOf(row).flatMap(([file, names]) => {
      if (!existsSync(file)) return [file];
      const text = readFileSync(file, 'utf8');
      const declared = (name: string): boolean =>
        new RegExp(
          `(?:function|const|class|interface|type) ${name}\\b|^ {2}(?:private )?${name}[(<]`,
          'm',
        ).test(text);
      return names.filter((name) => !declared(name)).map((name) => `${file}: ${name}`);
    }),
  );
  expect(missing).toEqual([]);
});
