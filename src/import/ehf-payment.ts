import { checkAccount, checkIban, checkKid } from '../case/party.js';
import type { EhfInvoice, EhfParty, ImportWarning, Warn } from './ehf-document.js';
import { orgnrOf } from './ehf-party.js';
import { CAC, cac, cbc, cut, lineAt, quote } from './ehf-text.js';
import { child, children } from './xml.js';
import type { XmlElement } from './xml.js';

interface Account {
  readonly account: string | null;
  readonly iban: string | null;
  readonly warning: ImportWarning | null;
}

const NO_ACCOUNT: Account = { account: null, iban: null, warning: null };

/** IBAN or BBAN by its shape; only EHF 2.0 says which. */
function accountOf(means: XmlElement): Account {
  const text = lineAt(means, cac('PayeeFinancialAccount'), cbc('ID'));
  if (text === null) return NO_ACCOUNT;
  const invalid = (why: string): Account => ({
    ...NO_ACCOUNT,
    warning: { code: 'account-invalid', message: `${why}. Kontoen er ikke tatt med.` },
  });
  const shown = cut(text, 60);
  if (!/^[A-Za-z]{2}/.test(text)) {
    const account = checkAccount(shown);
    return account.ok ? { ...NO_ACCOUNT, account: account.value } : invalid(account.why);
  }
  const iban = checkIban(shown);
  if (!iban.ok) return invalid(iban.why);
  if (!iban.value.startsWith('NO')) {
    const message = `Fakturaen skal betales til en utenlandsk konto (${iban.value}).`;
    return { account: null, iban: iban.value, warning: { code: 'account-foreign', message } };
  }
  const account = checkAccount(iban.value.slice(4));
  return account.ok ? { account: account.value, iban: iban.value, warning: null } : invalid(account.why);
}

function kidOf(text: string | null, warn: Warn): string | null {
  if (text === null) return null;
  const checked = checkKid(cut(text, 60));
  if (checked.ok) return checked.value;
  warn('kid-invalid', `${checked.why}. Den brukes som betalingsreferanse slik den står.`);
  return text;
}

/** The way to pay that leads to a Norwegian account, else the first. */
export function paymentOf(root: XmlElement, warn: Warn): Pick<EhfInvoice, 'kid' | 'account' | 'iban'> {
  const ways = children(root, CAC, 'PaymentMeans').map((means) => ({
    kid: lineAt(means, cbc('PaymentID')),
    ...accountOf(means),
  }));
  const way = ways.find(({ account }) => account !== null) ?? ways[0];
  if (way === undefined) return { kid: null, account: null, iban: null };
  if (way.warning !== null) warn(way.warning.code, way.warning.message);
  const kid = way.kid ?? ways.find((each) => each.kid !== null)?.kid ?? null;
  return { kid: kidOf(kid, warn), account: way.account, iban: way.iban };
}

export function warnOfPayee(root: XmlElement, supplier: EhfParty, warn: Warn): void {
  const payee = child(root, CAC, 'PayeeParty');
  if (payee === null) return;
  const orgnr = orgnrOf(payee).orgnr;
  if (orgnr !== null && orgnr === supplier.orgnr) return;
  const name = lineAt(payee, cac('PartyName'), cbc('Name')) ?? orgnr ?? 'en annen';
  warn(
    'payee',
    `Fakturaen skal betales til ${quote(name)}, ikke til selgeren; er kravet overdratt, er det ikke ditt å kreve inn.`,
  );
}
