import { benchInterest } from './interest.js';
import { benchLetters } from './letters.js';
import { benchStartUp } from './start-up.js';

/** `npm run bench [-- <letters> <rounds>]`. Imports belong here too, beside letters and start-up. */
const [letters = '1000', rounds = '5'] = process.argv.slice(2);

await benchInterest(20_000, Number(rounds));
await benchStartUp(1000, Number(rounds) * 3);
await benchLetters(Number(letters), Number(rounds));
