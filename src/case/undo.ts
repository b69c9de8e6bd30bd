import type { LocalDate } from '../law/dates.js';
import { refuse } from '../law/rules.js';
import { noBecause, yes, type Decided } from './decide.js';
import type { CaseEvent } from './events.js';
import { BrokenHistory } from './history.js';

/** What is no fact of the claim, or is taken back in its own way. */
const NOT_UNDONE: readonly CaseEvent['type'][] = ['undone', 'letterWithdrawn', 'mailStarted', 'mailFailed'];

/** Takes back the latest event by a correcting one. What was sent stays history. @throws BrokenHistory on no events */
export function decideUndo(events: readonly CaseEvent[], today: LocalDate): Decided {
  const undone = new Set(events.flatMap((event) => (event.type === 'undone' ? [event.undoes] : [])));
  const withdrawn = new Set(
    events.flatMap((event) => (event.type === 'letterWithdrawn' ? [event.letter] : [])),
  );
  const latest = events
    .filter((event) => !NOT_UNDONE.includes(event.type) && !undone.has(event.version))
    .filter((event) => event.type !== 'letterGenerated' || !withdrawn.has(event.letter))
    .at(-1);
  if (latest === undefined) throw new BrokenHistory('a case without events');
  switch (latest.type) {
    case 'claimRegistered':
      return noBecause(
        refuse(
          'S8',
          'Det er ingenting å angre. Er saken feil registrert, avslutter du den med «inkasso close» og registrerer på nytt.',
        ),
      );
    case 'letterSent':
      return noBecause(refuse('L7', 'Brevet er sendt. Det som er sendt, kan ikke angres.'));
    case 'letterGenerated':
      return noBecause(refuse('L7', 'Et brev som ikke er sendt, trekkes tilbake med «inkasso withdraw».'));
    default:
      return yes({ happenedOn: today, body: { type: 'undone', undoes: latest.version } });
  }
}
