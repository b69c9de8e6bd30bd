import type { Command } from 'commander';
import { decideUndo } from '../case/undo.js';
import { eventWords } from '../export/event-words.js';
import type { Context } from '../context.js';
import type { Act, Answer } from '../tasks/answer.js';
import { readCase } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';
import { refuseRegisteredAnew } from '../tasks/register.js';

export function register(program: Command, act: Act): void {
  program
    .command('undo')
    .summary('angre det siste på saken')
    .description('Angrer den siste hendelsen med en rettende hendelse. Sendte brev kan ikke angres.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .action(act(undo));
}

function undo(ctx: Context, [reference = '']: readonly string[]): Answer {
  const c = readCase(ctx, reference);
  refuseRegisteredAnew(ctx, c);
  const events = ctx.store().events(c.number);
  const decided = decideUndo(events, ctx.today);
  const [undone] = decided.ok ? decided.events : [];
  const version = undone?.body.type === 'undone' ? undone.body.undoes : null;
  const latest = events.find((event) => event.version === version);
  const done = latest === undefined ? '' : `Dette er angret: ${eventWords(latest)}`;
  return caseAnswer(ctx, c, done, () => decided);
}
