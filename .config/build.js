import { build, transform } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');

/**
 * Loaded by every command: read from few files instead of hundreds. What is loaded when it is used stays outside, but for
 * what starts the browser: half a second less until the first letter is printed.
 */
const BUNDLED = [
  'better-sqlite3',
  'chalk',
  'commander',
  'csv-stringify',
  'dayjs',
  'decimal.js',
  'fast-string-truncated-width',
  'fast-string-width',
  'puppeteer-core',
  'zod',
];

/** Packages that take long to open and that few verbs use: each in a chunk of its own, opened when it is first used. */
const OPENED_LATE = ['decimal.js', 'fast-string-truncated-width', 'fast-string-width'];
/** What many verbs are made of, in few files: what every verb begins with, and what those that only look have besides. */
const PACKS = {
  'main.cjs': ['src/main.ts', 'src/program/program.ts'],
  'look.cjs': [
    ...['src/machine.ts', 'src/program/world.ts', 'src/program/envelope.ts'],
    ...['list', 'show', 'why', 'report'].map((verb) => `src/commands/${verb}.ts`),
  ],
};

const { dependencies, optionalDependencies } = (await import('../package.json', { with: { type: 'json' } }))
  .default;

const { outputFiles, metafile } = await build({
  entryPoints: { main: 'src/main.ts', ...Object.fromEntries(OPENED_LATE.map((name) => [name, name])) },
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
  define: { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  logLevel: 'warning',
  write: false,
  metafile: true,
});

const outputs = Object.entries(metafile.outputs);
const late = new Set(
  outputs.flatMap(([file, { inputs }]) => (isOpenedLate(Object.keys(inputs)) ? [`./${basename(file)}`] : [])),
);

/** Whether a chunk holds such packages and nothing else. */
function isOpenedLate(inputs) {
  return (
    inputs.length > 0 &&
    inputs.every((input) => OPENED_LATE.some((name) => input.startsWith(`node_modules/${name}/`)))
  );
}

const texts = new Map();
for (const { path, text } of outputFiles) {
  const name = basename(path);
  // What is opened late lies in chunks of its own for being an entry; nobody enters there.
  if (OPENED_LATE.includes(name.replace(/\.cjs$/, ''))) continue;
  if (name.endsWith('.cjs')) texts.set(name, await chunk(name, text));
  else writeFileSync(path, text);
}
const packOf = new Map();
for (const [pack, sources] of Object.entries(PACKS))
  for (const name of chunksOf(sources)) if (!packOf.has(name)) packOf.set(name, pack);
for (const name of texts.keys()) if (!packOf.has(name)) packOf.set(name, name);
for (const pack of new Set(packOf.values())) writePack(pack);

/** The files that all of these need from the start. */
function chunksOf(sources) {
  const found = new Set();
  const add = (file) => {
    if (found.has(basename(file))) return;
    found.add(basename(file));
    for (const { path, kind } of metafile.outputs[file].imports)
      if (kind === 'import-statement' && path in metafile.outputs) add(path);
  };
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (sources.includes(entryPoint)) add(file);
  return found;
}

/**
 * A chunk as a function in a pack; see bin/load.js. ES modules cost 1 ms a file to load and a fifth of Node's own start to
 * begin, and only they can be split. So they are split, and then each is made one that asks for others with `require`;
 * packages that are loaded when they are used stay modules.
 */
async function chunk(name, text) {
  const asked = text
    .replace(/\bimport\(("\.[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))')
    .replace(/\bimport\(("[^"]+")\)/g, 'require.import($1)');
  const { code } = await transform(asked, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.20',
    minify: true,
    legalComments: 'inline',
    logLevel: 'warning',
  });
  const asking = code.replace(/\brequire\("([^"]+)"\)/g, (asked, what) =>
    late.has(what) ? asked.replace('require', 'require.late') : asked,
  );
  return `function(exports,require,module,__filename,__dirname){${inAscii(asking)}}`;
}

/** Only in regular expressions does the bundler leave letters that are not ASCII. */
function inAscii(code) {
  if (/\\[^\x00-\x7f]/.test(code)) throw new Error('a letter that is not ASCII stands after a backslash');
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The first pack knows where the chunks of the others are. */
function writePack(pack) {
  const held = [...packOf].flatMap(([name, its]) => {
    if (its === pack) return [`"./${name}":${texts.get(name)}`];
    return pack === 'main.cjs' && its in PACKS ? [`"./${name}":"./${its}"`] : [];
  });
  writeFileSync(`dist/${pack}`, `({\n${held.join(',\n')}\n})\n`);
}

const { describeVerbs } = createRequire(import.meta.url)('../bin/load.js').load('./main.cjs');
writeFileSync('dist/verbs.json', JSON.stringify(await describeVerbs()));
writeFileSync('dist/inkasso.1', execFileSync(process.execPath, ['bin/inkasso.js', 'man']));
// V8 wants the flags it had when it compiled.
const { NODE_OPTIONS: _flags, ...env } = process.env;
execFileSync(process.execPath, ['.config/compile.js', ...Object.keys(PACKS)], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
});
