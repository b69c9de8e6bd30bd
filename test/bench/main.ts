import { benchInterest } from './interest.js';
import { benchGrowth, benchLetters } from './letters.js';
import { benchImport, benchScale } from './scale.js';
import { benchStartUp } from './start-up.js';

/**
 * `npm run bench [-- <letters> <rounds>]`; `npm run bench -- letters [<letters>…]` for what grows with the letters,
 * `npm run bench -- scale [<cases>…]` and `npm run bench -- import [<records>]` for what grows with the database. A million
 * cases take 6 GB and some minutes to make, and 10 000 letters some minutes.
 */
const [first = '1000', ...rest] = process.argv.slice(2);

if (first === 'scale') {
  const sizes = rest.length === 0 ? [1000, 10_000, 100_000] : rest.map(Number);
  benchScale(sizes, 3);
} else if (first === 'letters') {
  await benchGrowth(rest.length === 0 ? [10, 100, 1000, 10_000] : rest.map(Number), 3);
} else if (first === 'import') {
  benchImport(Number(rest[0] ?? 100_000), 2);
} else {
  const rounds = Number(rest[0] ?? 5);
  await benchInterest(1_000_000, rounds);
  await benchStartUp(1000, rounds * 3);
  await benchLetters(10, rounds);
  if (Number(first) !== 10) await benchLetters(Number(first), rounds);
}
