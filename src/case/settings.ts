import { z } from 'zod';
import type { Terms } from './outlook.js';
import { checkKidForm } from './kid.js';
import { parseKroner } from '../law/money.js';
import {
  checkAccount,
  checkBic,
  checkCountry,
  checkEmail,
  checkIban,
  checkOrgnr,
  checkPostalCode,
  type Checked,
} from './party.js';

/** A text that passes one of the identifier checks, stored in its compact form. */
function checked(check: (text: string) => Checked) {
  return z.string({ error: 'kan ikke være tom' }).transform((text, context) => {
    const result = check(text);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.why });
    return z.NEVER;
  });
}

const text = z
  .string({ error: 'kan ikke være tom' })
  .trim()
  .min(1, 'kan ikke være tom')
  .max(200, 'er for lang');
/** A whole number, also as it comes from the command line. */
const whole = () => z.coerce.number({ error: 'må være et helt tall' }).int('må være et helt tall');

/** The creditor's further account numbers, parted by commas. */
const accounts = z.string().transform((list, context) => {
  const numbers: string[] = [];
  for (const part of list.split(/[,;]/)) {
    const checked = checkAccount(part);
    if (!checked.ok) {
      context.addIssue({ code: 'custom', message: checked.why });
      return z.NEVER;
    }
    numbers.push(checked.value);
  }
  return numbers.join(',');
});

/** Which kind of file payments are booked from: one word, or account by account. */
const paymentSource = z
  .string()
  .trim()
  .regex(
    /^(ocr|camt|csv|(\d{11}=(ocr|camt|csv))(,\d{11}=(ocr|camt|csv))*)$/,
    'må være ocr, camt eller csv, eller konto for konto som 15031234562=ocr',
  );

/** One of some words. */
const choice = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `må være ${words.join(', ')}` });

const yesOrNo = z.union([z.stringbool(), z.boolean()], { error: 'må være true eller false' });

/** A percentage from 0 to 100 with up to two decimals, kept as `2.5`. */
const percent = () =>
  z.coerce
    .string()
    .transform((text) => text.trim().replace(',', '.'))
    .pipe(
      z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'må være en prosent fra 0 til 100, som 2,5'),
    );

/** An amount in kroner, kept as it was written. */
const kroner = z
  .string()
  .trim()
  .transform((text, context) => {
    const amount = parseKroner(text);
    if (amount.ok) return text;
    context.addIssue({ code: 'custom', message: `${amount.why}` });
    return z.NEVER;
  });

const optional = <T extends z.ZodType>(type: T) => type.nullable().default(null);

/** An account number of the books (NS 4102, or the user's own). */
const account = (number: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{4,6}$/, 'må være et kontonummer i regnskapet, 4–6 sifre')
    .default(number);

/** The creditor and the creditor's choices. Keys are those of `inkasso config`. */
export const settingsSchema = z.strictObject({
  name: text,
  orgnr: checked(checkOrgnr),
  address: text,
  zip: checked(checkPostalCode),
  city: text,
  country: checked(checkCountry).default('NO'),
  account: checked(checkAccount),
  iban: optional(checked(checkIban)),
  bic: optional(checked(checkBic)),
  kid: optional(checked(checkKidForm)),
  email: optional(checked(checkEmail)),
  phone: optional(text),
  contact: optional(text),
  policy: text.default('standard'),
  nextStep: choice(['inkassobyraa', 'namsmann', 'forliksraad']).default('forliksraad'),
  grace: whole().min(0, 'må være 0 eller mer').max(30, 'kan ikke være over 30').default(3),
  deadlineDays: z.coerce
    .number()
    .int()
    .min(14, 'må være 14 eller mer (D2)')
    .max(60, 'kan ikke være over 60')
    .default(14),
  shiftDueDate: yesOrNo.default(true),
  interestCount: choice(['dayAfterDue', 'dueDay']).default('dayAfterDue'),
  paymentOrder: choice([
    'costs,interest,principal',
    'interest,costs,principal',
    'principal,interest,costs',
    'principal,costs,interest',
  ]).default('costs,interest,principal'),
  exactAmountIsPrincipal: yesOrNo.default(true),
  newFeesAfterSixMonths: yesOrNo.default(false),
  afterPrincipal: choice(['ask', 'rentenota', 'waive']).default('ask'),
  waiveUpTo: whole().min(0).max(100_000).default(50),
  provisionNotDue: percent().default('0'),
  provision30: percent().default('1'),
  provision60: percent().default('5'),
  provision90: percent().default('20'),
  provisionOver90: percent().default('50'),
  letterCost: optional(kroner),
  accounts: optional(accounts),
  paymentSource: optional(paymentSource),
  staleBankDays: whole().min(0, 'må være 0 eller mer').max(60, 'kan ikke være over 60').default(5),
  logo: optional(
    z
      .string()
      .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'må være et bilde i PNG eller JPEG'),
  ),
  browser: optional(text),
  smtpHost: optional(text),
  smtpPort: whole().min(1).max(65_535).default(587),
  smtpSecurity: choice(['starttls', 'tls']).default('starttls'),
  smtpUser: optional(text),
  smtpFrom: optional(checked(checkEmail)),
  smtpCa: optional(text),
  passwordFile: optional(text),
  passwordCommand: optional(text),
  accountReceivable: account('1500'),
  accountBank: account('1920'),
  accountFees: account('3900'),
  accountInterest: account('8050'),
  accountCredits: account('3000'),
  accountLoss: account('7830'),
  accountRecovered: account('7820'),
  voucherType: z
    .string()
    .regex(/^\d{1,3}$/, 'må være 1–3 sifre')
    .default('1'),
});

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
