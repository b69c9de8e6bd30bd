#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  const { start } = await import(main.href);
  start();
} else {
  process.stderr.write('Programmet er ikke bygget. Kjør «npm run build» først.\n');
  process.exitCode = 1;
}
