import { build, transform } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');

/** Loaded by every command: read from few files instead of hundreds. What is loaded when it is used stays outside. */
const BUNDLED = [
  'better-sqlite3',
  'chalk',
  'commander',
  'csv-stringify',
  'dayjs',
  'decimal.js',
  'fast-string-truncated-width',
  'fast-string-width',
  'zod',
];

const { dependencies, optionalDependencies } = (await import('../package.json', { with: { type: 'json' } }))
  .default;

const { outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20.20',
  outdir: 'dist',
  external: Object.keys({ ...dependencies, ...optionalDependencies })
    .flatMap((name) => (BUNDLED.includes(name) ? [] : [name, `${name}/*`]))
    .concat('*.node', 'bindings'),
  define: { 'import.meta.url': 'THIS_FILE' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  logLevel: 'warning',
  write: false,
});
await Promise.all(outputFiles.map(writeRequired));

/**
 * ES modules cost 1 ms a file to load and a fifth of Node's own start to begin, and only they can be split. So they are
 * split, and then each file is made one that `require` loads; packages that are loaded when they are used stay modules.
 */
async function writeRequired({ path, text }) {
  if (!path.endsWith('.cjs')) return writeFileSync(path, text);
  const asked = text.replace(/\bimport\(("\.[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))');
  const { code } = await transform(asked, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.20',
    minify: true,
    legalComments: 'inline',
    logLevel: 'warning',
  });
  const head = text.includes('THIS_FILE')
    ? 'const THIS_FILE=require("node:url").pathToFileURL(__filename).href;'
    : '';
  writeFileSync(path, head + code);
}

const { describeVerbs } = createRequire(import.meta.url)('../dist/main.cjs');
writeFileSync('dist/verbs.json', JSON.stringify(await describeVerbs()));
writeFileSync('dist/inkasso.1', execFileSync(process.execPath, ['bin/inkasso.js', 'man']));
