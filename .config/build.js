import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

/** Loaded by every command: read from few files instead of hundreds. What is loaded when it is used stays outside. */
const BUNDLED = ['chalk', 'commander', 'csv-stringify', 'dayjs', 'decimal.js', 'string-width', 'zod'];

const { dependencies, optionalDependencies } = (await import('../package.json', { with: { type: 'json' } }))
  .default;

await build({
  entryPoints: ['src/main.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.20',
  outdir: 'dist',
  external: Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) =>
    BUNDLED.includes(name) ? [] : [name, `${name}/*`],
  ),
  banner: {
    // Packages written for require() ask for Node's own modules with it.
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
});

const { describeVerbs } = await import('../dist/main.js');
writeFileSync('dist/verbs.json', JSON.stringify(await describeVerbs()));
writeFileSync('dist/inkasso.1', execFileSync(process.execPath, ['bin/inkasso.js', 'man']));
