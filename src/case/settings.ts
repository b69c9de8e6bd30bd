import { z } from 'zod';
import type { Terms } from './outlook.js';
import {
  checkAccount,
  checkBic,
  checkCountry,
  checkEmail,
  checkIban,
  checkOrgnr,
  type Checked,
} from './party.js';

/** A text that passes one of the identifier checks, stored in its compact form. */
function checked(check: (text: string) => Checked) {
  return z.string().transform((text, context) => {
    const result = check(text);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.why });
    return z.NEVER;
  });
}

const text = z.string().trim().min(1, 'kan ikke være tom').max(200, 'er for lang');
const optional = <T extends z.ZodType>(type: T) => type.nullable().default(null);

/** The creditor and the creditor's choices. Keys are those of `inkasso config`. */
export const settingsSchema = z.strictObject({
  name: text,
  orgnr: checked(checkOrgnr),
  address: text,
  zip: text,
  city: text,
  country: checked(checkCountry).default('NO'),
  account: checked(checkAccount),
  iban: optional(checked(checkIban)),
  bic: optional(checked(checkBic)),
  email: optional(checked(checkEmail)),
  phone: optional(text),
  contact: optional(text),
  policy: text.default('standard'),
  nextStep: z.enum(['inkassobyraa', 'namsmann', 'forliksraad']).default('forliksraad'),
  grace: z.coerce.number().int().min(0, 'må være 0 eller mer').max(30, 'kan ikke være over 30').default(3),
  deadlineDays: z.coerce
    .number()
    .int()
    .min(14, 'må være 14 eller mer (D2)')
    .max(60, 'kan ikke være over 60')
    .default(14),
  shiftDueDate: z.stringbool().or(z.boolean()).default(true),
  interestCount: z.enum(['dayAfterDue', 'dueDay']).default('dayAfterDue'),
  paymentOrder: z
    .enum([
      'costs,interest,principal',
      'interest,costs,principal',
      'principal,interest,costs',
      'principal,costs,interest',
    ])
    .default('costs,interest,principal'),
  exactAmountIsPrincipal: z.stringbool().or(z.boolean()).default(true),
  newFeesAfterSixMonths: z.stringbool().or(z.boolean()).default(false),
  afterPrincipal: z.enum(['ask', 'rentenota', 'waive']).default('ask'),
  waiveUpTo: z.coerce.number().int('må være hele kroner').min(0).max(100_000).default(50),
  browser: optional(text),
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
  browser: 'Nettleseren som skriver PDF, når den ikke finnes av seg selv',
};

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
