import { checkAccount, checkKid } from '../case/party.js';
import type { Krav, Utleggsbegjaering } from './utlegg-model.js';

/** A rule of the model that a petition breaks, by the code the receiving system uses. */
export interface ModelFinding {
  readonly code: string;
  readonly text: string;
}

/** The receiving system's own checks, as far as they can be made here. Empty when all hold. */
export function checkUtlegg(petition: Utleggsbegjaering): ModelFinding[] {
  return [
    ...parties(petition),
    ...account(petition),
    ...references(petition.kravTilInnkreving),
    ...petition.kravTilInnkreving.flatMap((one) => [
      ...amounts(one),
      ...dueDate(one),
      ...related(one, petition.kravTilInnkreving),
      ...dates(one, petition.begjaeringsdato),
    ]),
  ];
}

function parties(petition: Utleggsbegjaering): ModelFinding[] {
  const debtor = petition.saksoekt[0]?.saksoekt;
  const creditor = petition.saksoeker[0]?.saksoeker;
  const findings: ModelFinding[] = [];
  const identified =
    debtor?.virksomhet?.identifikator !== undefined || debtor?.person?.foedselsdato !== undefined;
  if (!identified) {
    findings.push({
      code: 'MANGLER_OPPLYSNINGER_OM_SAKSOEKT',
      text: 'Saksøktes organisasjonsnummer, fødselsnummer eller fødselsdato må fylles ut.',
    });
  }
  if (debtor?.person?.personnavn.fornavn === '') {
    findings.push({ code: 'MANGLER_OPPLYSNINGER_OM_SAKSOEKT', text: 'Saksøktes fornavn mangler.' });
  }
  const same = creditor?.virksomhet?.identifikator?.verdi;
  if (same !== undefined && same === debtor?.virksomhet?.identifikator?.verdi) {
    findings.push({ code: 'SAMME_SAKSOEKT_SOM_SAKSOEKER', text: 'Saksøker og saksøkt er den samme.' });
  }
  return findings;
}

function account({ betalingsinformasjon }: Utleggsbegjaering): ModelFinding[] {
  const { kontonummer, kidnummer } = betalingsinformasjon.norskKonto;
  const findings: ModelFinding[] = [];
  if (!checkAccount(kontonummer).ok)
    findings.push({ code: 'UGYLDIG_KONTONR', text: `Kontonummeret ${kontonummer} er ikke gyldig.` });
  if (kidnummer !== undefined && !checkKid(kidnummer).ok)
    findings.push({ code: 'UGYLDIG_KID', text: `KID ${kidnummer} er ikke gyldig.` });
  return findings;
}

function references(claims: readonly Krav[]): ModelFinding[] {
  const names = claims.map((one) => one.innsendersKravreferanse);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ code: 'KRAV_DUPLIKATE_REFERANSER', text: `Flere krav heter ${name}.` }));
}

function amounts(one: Krav): ModelFinding[] {
  const all = [
    one.opprinneligBeloep,
    one.gjenstaaendeBeloep,
    ...(one.innbetaling ?? []).map((p) => p.beloep),
  ];
  return all
    .filter(({ beloep }) => beloep < 0 || Math.abs(Math.round(beloep * 100) - beloep * 100) > 1e-6)
    .map(({ beloep }) => ({ code: 'UGYLDIG_BELOEP', text: `Beløpet ${beloep} er ikke gyldig.` }));
}

/** Required for a principal and for costs, forbidden for interest. */
function dueDate({ kravdetaljer, kravforfall, innsendersKravreferanse: name }: Krav): ModelFinding[] {
  if ((kravforfall === undefined) === (kravdetaljer === 'Rentekrav')) return [];
  const what = kravforfall === undefined ? 'mangler' : 'skal ikke ha';
  return [{ code: 'FORFALLSDATO', text: `${name} ${what} forfallsdato.` }];
}

function related(one: Krav, claims: readonly Krav[]): ModelFinding[] {
  const targets = one.relatertKrav ?? [];
  const name = one.innsendersKravreferanse;
  if (one.kravdetaljer === 'Hovedkrav') {
    return targets.length === 0
      ? []
      : [
          {
            code: 'HOVEDSTOL_SKAL_IKKE_HA_ET_RELATERT_KRAV',
            text: `${name} er hovedstol og viser til et annet.`,
          },
        ];
  }
  const target = claims.find((other) => other.innsendersKravreferanse === targets[0]);
  if (targets.length === 1 && target?.kravdetaljer === 'Hovedkrav') return [];
  const code =
    one.kravdetaljer === 'Rentekrav'
      ? 'RENTE_MAA_HA_RELATERT_KRAV'
      : 'GEBYR_ELLER_SAKSKOSTNAD_HAR_ET_RELATERTKRAV_SOM_IKKE_ER_HOVEDSTOL';
  return [{ code, text: `${name} må vise til nøyaktig ett hovedkrav.` }];
}

function dates(one: Krav, on: string): ModelFinding[] {
  return (one.innbetaling ?? [])
    .filter(({ bokfoertDato }) => bokfoertDato > on)
    .map(({ bokfoertDato }) => ({
      code: 'INNBETALING_I_FREMTIDEN',
      text: `Innbetalingen ${bokfoertDato} er i framtiden.`,
    }));
}
