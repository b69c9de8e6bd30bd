import { z } from 'zod';
import { parseKroner } from '../law/money.js';
import { checkKidForm } from './kid.js';
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
import { STARTING_SETTINGS } from './starting-settings.js';

const EMPTY = 'kan ikke være tom';

/** A text that passes one of the identifier checks, stored in its compact form. */
function checked(check: (text: string) => Checked) {
  return z.string({ error: EMPTY }).transform((text, context) => {
    const result = check(text);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.why });
    return z.NEVER;
  });
}

const text = z.string({ error: EMPTY }).trim().min(1, EMPTY).max(200, 'er for lang');
/** A whole number within bounds, also as it comes from the command line. Nothing at all is no number. */
const whole = (least: number, most: number) => {
  const error = `må være et helt tall fra ${least} til ${most}`;
  const read = (value: unknown): unknown =>
    typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value;
  return z.preprocess(read, z.number({ error }).int({ error }).min(least, { error }).max(most, { error }));
};

/** The creditor's further account numbers, parted by commas. */
const accounts = z.string({ error: EMPTY }).transform((list, context) => {
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
  .string({ error: EMPTY })
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
      z
        .string({ error: EMPTY })
        .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'må være en prosent fra 0 til 100, som 2,5'),
    );

/** An amount in kroner, kept as it was written. */
const kroner = z
  .string({ error: EMPTY })
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
    .string({ error: EMPTY })
    .trim()
    .regex(/^\d{4,6}$/, 'må være et kontonummer i regnskapet, 4–6 sifre')
    .default(number);

/** What each setting may be, for where settings come in. Keys are those of `inkasso config`. */
export const settingsSchema = z.strictObject({
  name: text,
  orgnr: checked(checkOrgnr),
  address: text,
  zip: checked(checkPostalCode),
  city: text,
  country: checked(checkCountry).default(STARTING_SETTINGS.country),
  account: checked(checkAccount),
  iban: optional(checked(checkIban)),
  bic: optional(checked(checkBic)),
  kid: optional(checked(checkKidForm)),
  email: optional(checked(checkEmail)),
  phone: optional(text),
  contact: optional(text),
  policy: text.default(STARTING_SETTINGS.policy),
  nextStep: choice(['inkassobyraa', 'namsmann', 'forliksraad']).default(STARTING_SETTINGS.nextStep),
  grace: whole(0, 30).default(STARTING_SETTINGS.grace),
  // D2: no deadline is shorter than 14 days.
  deadlineDays: whole(14, 60).default(STARTING_SETTINGS.deadlineDays),
  shiftDueDate: yesOrNo.default(STARTING_SETTINGS.shiftDueDate),
  interestCount: choice(['dayAfterDue', 'dueDay']).default(STARTING_SETTINGS.interestCount),
  paymentOrder: choice([
    'costs,interest,principal',
    'interest,costs,principal',
    'principal,interest,costs',
    'principal,costs,interest',
  ]).default(STARTING_SETTINGS.paymentOrder),
  exactAmountIsPrincipal: yesOrNo.default(STARTING_SETTINGS.exactAmountIsPrincipal),
  newFeesAfterSixMonths: yesOrNo.default(STARTING_SETTINGS.newFeesAfterSixMonths),
  afterPrincipal: choice(['ask', 'rentenota', 'waive']).default(STARTING_SETTINGS.afterPrincipal),
  waiveUpTo: whole(0, 100_000).default(STARTING_SETTINGS.waiveUpTo),
  provisionNotDue: percent().default(STARTING_SETTINGS.provisionNotDue),
  provision30: percent().default(STARTING_SETTINGS.provision30),
  provision60: percent().default(STARTING_SETTINGS.provision60),
  provision90: percent().default(STARTING_SETTINGS.provision90),
  provisionOver90: percent().default(STARTING_SETTINGS.provisionOver90),
  letterCost: optional(kroner),
  accounts: optional(accounts),
  paymentSource: optional(paymentSource),
  staleBankDays: whole(0, 60).default(STARTING_SETTINGS.staleBankDays),
  logo: optional(
    z
      .string({ error: EMPTY })
      .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'må være et bilde i PNG eller JPEG'),
  ),
  browser: optional(text),
  smtpHost: optional(text),
  smtpPort: whole(1, 65_535).default(STARTING_SETTINGS.smtpPort),
  smtpSecurity: choice(['starttls', 'tls']).default(STARTING_SETTINGS.smtpSecurity),
  smtpUser: optional(text),
  smtpFrom: optional(checked(checkEmail)),
  smtpCa: optional(text),
  passwordFile: optional(text),
  passwordCommand: optional(text),
  accountReceivable: account(STARTING_SETTINGS.accountReceivable),
  accountBank: account(STARTING_SETTINGS.accountBank),
  accountFees: account(STARTING_SETTINGS.accountFees),
  accountInterest: account(STARTING_SETTINGS.accountInterest),
  accountCredits: account(STARTING_SETTINGS.accountCredits),
  accountLoss: account(STARTING_SETTINGS.accountLoss),
  accountRecovered: account(STARTING_SETTINGS.accountRecovered),
  voucherType: z
    .string({ error: EMPTY })
    .regex(/^\d{1,3}$/, 'må være 1–3 sifre')
    .default(STARTING_SETTINGS.voucherType),
});

/** Of settings as they are stored, those that could not have been set. */
export function settingFindings(stored: object): { code: 'SETTING'; message: string }[] {
  const result = settingsSchema.safeParse(stored);
  return (result.error?.issues ?? []).map(({ path, message }) => ({
    code: 'SETTING',
    message: `Innstillingen ${path.join('.')}: ${message}.`,
  }));
}
