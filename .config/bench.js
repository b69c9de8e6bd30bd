import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// In dist, so that it finds the program's packages, templates and migrations.
await build({
  entryPoints: ['test/bench/main.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.20',
  packages: 'external',
  outfile: 'dist/bench.js',
  logLevel: 'warning',
});
await import('../dist/bench.js');
