import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A path to write the results to as JSON, beside what is shown on the terminal.
const report = process.env.INKASSO_TEST_REPORT;

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    setupFiles: ['test/support/seed.ts', 'test/support/offline.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
