import type { Debtor, DebtorData } from '../case/debtor.js';
import type { Context } from '../context.js';
import { isWholeAddress, missingAddress } from '../letters/address.js';
import type { Warning } from './answer.js';

/** What a claim that has just become a case is to be told of its debtor. */
export interface RegisteredDebtor {
  readonly number: number;
  readonly debtorId: number;
  /** As the debtor was known before; null for a new one. */
  readonly known: Debtor | null;
}

/** What the user should know of the debtor of a claim, named as the user or a file named them. */
export function debtorWarnings(ctx: Context, named: DebtorData, registered: RegisteredDebtor): Warning[] {
  const { debtorId, known } = registered;
  const address = isWholeAddress(named) ? [] : addressWarning(known ?? { ...named, id: debtorId });
  if (known === null) return address;
  return [...address, ...otherwiseKnown(named, known), ...stoppedDebtor(ctx, registered)];
}

/** L7: a letter for the post needs the address, which may be known from another claim on the same debtor. */
function addressWarning(debtor: DebtorData & { readonly id: number }): Warning[] {
  const missing = missingAddress(debtor);
  if (missing === null) return [];
  const message = `${debtor.name} mangler ${missing.what}. Registrer det med «${missing.command}», så brev kan sendes i posten.`;
  return [{ code: 'NO_ADDRESS', message }];
}

/** Where letters go, as it is named and as it is typed. The country and the language have a value nobody has stated. */
const REACHED_BY = [
  ['name', 'navn', '--name'],
  ['address', 'adresse', '--address'],
  ['zip', 'postnummer', '--zip'],
  ['city', 'poststed', '--city'],
  ['email', 'e-post', '--email'],
  ['phone', 'telefon', '--phone'],
] as const;

/** L7: a debtor who is known is not changed by a claim; where the claim says otherwise, letters go to the old address. */
function otherwiseKnown(named: DebtorData, known: Debtor): Warning[] {
  const others = REACHED_BY.filter(([field]) => named[field] !== null && !isSame(named[field], known[field]));
  if (others.length === 0) return [];
  const told = others.map(([field, word]) => {
    const stands = known[field];
    return `${word} ${stands === null ? 'mangler' : `«${stands}»`} (nå oppgitt: «${named[field] ?? ''}»)`;
  });
  const flags = others.map(([, , flag]) => `${flag} …`).join(' ');
  const message = `Skyldner ${known.id}, ${known.name}, er kjent fra før med andre opplysninger, og brevene følger dem: ${told.join(', ')}. Er de nye riktige, registrerer du dem med «inkasso debtor edit ${known.id} ${flags}».`;
  return [{ code: 'DEBTOR_DIFFERS', message }];
}

function isSame(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && bare(one) === bare(other));
}

/** Capitals and blanks make nobody another. */
function bare(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

/** S4–S7: what stopped an earlier claim is about the debtor, and each claim is stopped by its own word. */
function stoppedDebtor(ctx: Context, { number, debtorId }: RegisteredDebtor): Warning[] {
  const stopped = ctx.store().cases.stoppedOf(debtorId);
  if (stopped === null) return [];
  const message = `Sak ${stopped.number} mot samme skyldner er stanset: ${stopped.whyText} Gjelder det ennå, stanser du også sak ${number} med «inkasso stop».`;
  return [{ code: 'DEBTOR_STOPPED', message }];
}
