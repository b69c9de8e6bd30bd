import { existsSync, closeSync, openSync } from 'node:fs';
import { asProblem, DatabaseProblem, openFile } from './sqlite.js';

/**
 * Takes the lock that only one process at a time can hold on a database's letters. The operating system lets go of it
 * when the process ends, however it ends.
 * @returns what lets go of it
 * @throws DatabaseProblem DB_IN_USE while another process holds it
 */
export function lockBeside(path: string): () => void {
  const file = `${path}-lock`;
  try {
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    const lock = openFile(file);
    try {
      lock.pragma('busy_timeout = 0');
      lock.pragma('journal_mode = MEMORY');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (fault) {
      lock.close();
      throw fault;
    }
    return () => lock.close();
  } catch (fault) {
    const problem = asProblem(fault, file);
    if (problem instanceof DatabaseProblem && problem.code === 'DB_IN_USE') {
      throw new DatabaseProblem(
        'DB_IN_USE',
        'En annen «inkasso run» holder på med brevene. Ingenting er gjort nå.',
        'Vent til den er ferdig, og kjør på nytt.',
      );
    }
    throw problem;
  }
}
