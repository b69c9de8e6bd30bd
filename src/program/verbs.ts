import type { Command } from 'commander';
import type { Act } from '../tasks/answer.js';

/** Each verb's module, loaded when its verb is used. */
export const VERBS: Readonly<Record<string, () => Promise<{ register(program: Command, act: Act): void }>>> =
  {
    init: () => import('../commands/init.js'),
    add: () => import('../commands/add.js'),
    import: () => import('../commands/import.js'),
    run: () => import('../commands/run.js'),
    sent: () => import('../commands/sent.js'),
    withdraw: () => import('../commands/withdraw.js'),
    pay: () => import('../commands/pay.js'),
    refund: () => import('../commands/refund.js'),
    credit: () => import('../commands/credit.js'),
    waive: () => import('../commands/waive.js'),
    dispute: () => import('../commands/dispute.js'),
    resolve: () => import('../commands/resolve.js'),
    plan: () => import('../commands/plan.js'),
    hold: () => import('../commands/hold.js'),
    resume: () => import('../commands/resume.js'),
    stop: () => import('../commands/stop.js'),
    bero: () => import('../commands/bero.js'),
    writeoff: () => import('../commands/writeoff.js'),
    handover: () => import('../commands/handover.js'),
    note: () => import('../commands/note.js'),
    close: () => import('../commands/close.js'),
    reopen: () => import('../commands/reopen.js'),
    undo: () => import('../commands/undo.js'),
    debtor: () => import('../commands/debtor.js'),
    list: () => import('../commands/list.js'),
    show: () => import('../commands/show.js'),
    letter: () => import('../commands/letter.js'),
    why: () => import('../commands/why.js'),
    forecast: () => import('../commands/forecast.js'),
    report: () => import('../commands/report.js'),
    export: () => import('../commands/export.js'),
    rates: () => import('../commands/rates.js'),
    config: () => import('../commands/config.js'),
    template: () => import('../commands/template.js'),
    check: () => import('../commands/check.js'),
    backup: () => import('../commands/backup.js'),
    restore: () => import('../commands/restore.js'),
    doctor: () => import('../commands/doctor.js'),
    demo: () => import('../commands/demo.js'),
    'kom-i-gang': () => import('../commands/kom-i-gang.js'),
    completion: () => import('../commands/completion.js'),
    man: () => import('../commands/man.js'),
  };

/** Verbs that tell of every other. */
export const TELLS_OF_ALL = ['completion', 'man'];

const TAKES_VALUE = new Set(['--db', '--as-of']);

/** The first word of the command line that is not a global flag or its value. */
export function verbIn(argv: readonly string[]): string | null {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (TAKES_VALUE.has(word)) index += 1;
    else if (!word.startsWith('-')) return word;
  }
  return null;
}
