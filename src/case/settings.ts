import type { z } from 'zod';
import type { Terms } from './judgement.js';
import type { settingsSchema } from './settings-schema.js';

/** The creditor and the creditor's choices. Keys are those of `inkasso config`. */
export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;

/** What each setting means, for `inkasso config` and for the prompts. */
export const SETTING_WORDS: Readonly<Record<SettingKey, string>> = {
  name: 'Navnet på virksomheten',
  orgnr: 'Organisasjonsnummer',
  address: 'Gateadresse',
  zip: 'Postnummer',
  city: 'Poststed',
  country: 'Landkode',
  account: 'Kontonummer',
  iban: 'IBAN',
  bic: 'BIC',
  kid: 'KID du har avtalt med banken (OCR giro), for krav uten: mod10 eller mod11, lengde og faste siffer foran, som mod10:12:77',
  email: 'E-post',
  phone: 'Telefon',
  contact: 'Kontaktperson',
  policy: 'Løp for nye saker (standard, mild, fast)',
  nextStep: 'Neste skritt etter betalingsoppfordringen (inkassobyraa, namsmann, forliksraad)',
  grace: 'Bankdager å vente etter en frist (D6)',
  deadlineDays: 'Dager til fristen i brevene, minst 14 (D2)',
  shiftDueDate: 'Flytt forfall på helg og helligdag til neste virkedag (D4)',
  interestCount: 'Hvilken dag som bærer renten ved skifte av sats (I9): dayAfterDue eller dueDay',
  paymentOrder: 'Rekkefølgen betalinger brukes i (P1)',
  exactAmountIsPrincipal: 'Betaling av nøyaktig fakturabeløpet går til hovedstolen (P1)',
  newFeesAfterSixMonths: 'Krev nye gebyr seks måneder etter siste brev med gebyr (F7)',
  afterPrincipal:
    'Når hovedstolen er betalt og renter eller gebyr står igjen (P5): ask, rentenota eller waive',
  waiveUpTo: 'Største rest som frafalles med waive, i hele kroner (P5)',
  provisionNotDue: 'Avsetning for tap på krav som ikke er forfalt, i prosent',
  provision30: 'Avsetning for tap 1–30 dager etter forfall, i prosent',
  provision60: 'Avsetning for tap 31–60 dager etter forfall, i prosent',
  provision90: 'Avsetning for tap 61–90 dager etter forfall, i prosent',
  provisionOver90: 'Avsetning for tap over 90 dager etter forfall, i prosent',
  letterCost: 'Hva et brev i posten koster deg (porto, papir, arbeid), i kroner',
  accounts: 'Andre kontonumre som er dine, med komma mellom',
  paymentSource: 'Filene innbetalinger føres fra (ocr, camt, csv), når flere slag viser samme konto',
  staleBankDays: 'Virkedager før run sier fra at bankfilene er gamle; 0 slår det av',
  logo: 'Bildet øverst i brevene: en fil i PNG eller JPEG, høyst 200 kB',
  browser: 'Nettleseren som skriver PDF, når den ikke finnes av seg selv',
  smtpHost: 'E-posttjeneren brev sendes med',
  smtpPort: 'Porten på e-posttjeneren',
  smtpSecurity: 'Kryptering: starttls (port 587) eller tls (port 465); uten sendes ingenting',
  smtpUser: 'Brukernavnet på e-posttjeneren',
  smtpFrom: 'Avsenderadressen, når den er en annen enn e-postadressen din',
  smtpCa: 'Fil med sertifikatet e-posttjeneren er utstedt av, når det ikke er et offentlig',
  passwordFile: 'Filen e-postpassordet ligger i',
  passwordCommand: 'Kommandoen som skriver ut e-postpassordet, for eksempel «pass show smtp»',
  accountReceivable: 'Regnskapskonto for kundefordringer',
  accountBank: 'Regnskapskonto for banken',
  accountFees: 'Regnskapskonto for gebyr og kompensasjon',
  accountInterest: 'Regnskapskonto for forsinkelsesrente',
  accountCredits: 'Regnskapskonto for kreditnotaer og nedsatte krav',
  accountLoss: 'Regnskapskonto for tap på fordringer',
  accountRecovered: 'Regnskapskonto for det som kommer inn på tapsførte krav',
  voucherType: 'Bilagstype i GBAT10-filen',
};

/** The creditor's own accounts; the one printed on letters comes first. */
export function accountsOf(settings: Settings): string[] {
  const more = settings.accounts === null ? [] : settings.accounts.split(',');
  return [...new Set([settings.account, ...more])];
}

export type SourceKind = 'ocr' | 'camt' | 'csv';

/** The kind of file an account's payments are booked from, where the creditor has said so. */
export function namedSource(settings: Settings, account: string): SourceKind | null {
  const named = settings.paymentSource;
  if (named === null) return null;
  if (!named.includes('=')) return named as SourceKind;
  const own = named.split(',').find((part) => part.startsWith(`${account}=`));
  return own === undefined ? null : (own.slice(account.length + 1) as SourceKind);
}

/** The choices the rules ask for. */
export function termsOf(settings: Settings): Terms {
  return {
    graceDays: settings.grace,
    deadlineDays: settings.deadlineDays,
    interestCount: settings.interestCount,
    paymentOrder: settings.paymentOrder.split(',') as Terms['paymentOrder'],
    exactAmountIsPrincipal: settings.exactAmountIsPrincipal,
    newFeesAfterSixMonths: settings.newFeesAfterSixMonths,
    afterPrincipal: settings.afterPrincipal,
    waiveUpToOre: settings.waiveUpTo * 100,
  };
}
