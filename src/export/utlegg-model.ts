import type { Claim } from '../case/claim.js';
import { kidOf } from '../case/kid.js';
import type { LocalDate } from '../law/dates.js';
import { sum, type Ore } from '../law/money.js';
import {
  claimName,
  enforcementFacts,
  interestWords,
  paidOn,
  sentByProgram,
  type CaseFile,
} from './case-file.js';
import { pleaFor, type UtleggAnswers } from './utlegg.js';

/**
 * The petition in the shape of Skatteetaten's Utleggsbegjæring, model 2.0. It cannot be submitted from here: the
 * attachments get their `uuid` when they are uploaded, and a person's national id is never stored (B3).
 */
export interface Utleggsbegjaering {
  readonly innsenderReferanse: string;
  readonly tvangsfullbyrdelsestype: 'utlegg' | 'utleggOgForliksklageKombinert';
  readonly begjaeringsdato: string;
  readonly underskrift: string;
  readonly innsender: { readonly innsender: Aktoer };
  readonly saksoeker: readonly { readonly saksoeker: Aktoer }[];
  readonly saksoekt: readonly { readonly saksoekt: Aktoer }[];
  readonly kreverRettsgebyrErstattet: boolean;
  readonly betalingsinformasjon: { readonly norskKonto: { kontonummer: string; kidnummer?: string } };
  readonly kravTilInnkreving: readonly Krav[];
  readonly begjaeringensTvangsgrunnlag: readonly object[];
}

interface Aktoer {
  readonly adresse: readonly object[];
  readonly virksomhet?: { readonly navn: string; readonly identifikator?: Identifikator };
  readonly person?: {
    readonly personnavn: { readonly fornavn: string; readonly etternavn: string };
    readonly foedselsdato?: string;
  };
}

interface Identifikator {
  readonly identifikatortype: 'taxIdentificationNumber';
  readonly verdi: string;
  readonly landkode: 'NO';
}

type Kravdetaljer = 'Hovedkrav' | 'Rentekrav' | 'UtenrettsligeKostnader';

/** One claim. Amounts in kroner with at most two decimals. */
export interface Krav {
  readonly innsendersKravreferanse: string;
  readonly kravdetaljer: Kravdetaljer;
  readonly kravbeskrivelse: string;
  readonly kravforfall?: { readonly forfallsdato: string };
  readonly opprinneligBeloep: Beloep;
  readonly gjenstaaendeBeloep: Beloep;
  readonly relatertKrav?: readonly string[];
  readonly innbetaling?: readonly { readonly bokfoertDato: string; readonly beloep: Beloep }[];
  readonly kravEndring?: readonly {
    readonly dato: string;
    readonly beloep: Beloep;
    readonly begrunnelse: string;
  }[];
  readonly rentebaerendeKrav?: { readonly beregnetMedForsinkelsesrente: true };
  readonly rentekrav?: {
    readonly rentePeriode: { readonly startdato: string; readonly sluttdato: string };
    readonly renteGrunnlag: Beloep;
    readonly beregnetMedForsinkelsesrente: true;
  };
  readonly betalingsoppfordring?: readonly object[];
}

interface Beloep {
  readonly beloep: number;
  readonly valuta: 'NOK';
}

/** The petition as data. `born` is the debtor's date of birth, ISO, when it was given. */
export function utleggModel(file: CaseFile, answers: UtleggAnswers, born: string | null): Utleggsbegjaering {
  const { case: c, creditor, debtor, on } = file;
  const claims = krav(file);
  const kid = kidOf(c);
  const us: Aktoer = {
    adresse: [address('forretningsadresse', creditor)],
    virksomhet: { navn: creditor.name, identifikator: orgnr(creditor.orgnr) },
  };
  return {
    innsenderReferanse: `sak-${c.number}`,
    tvangsfullbyrdelsestype: answers.combined ? 'utleggOgForliksklageKombinert' : 'utlegg',
    begjaeringsdato: on,
    underskrift: creditor.contact ?? creditor.name,
    innsender: { innsender: us },
    saksoeker: [{ saksoeker: us }],
    saksoekt: [{ saksoekt: debtorParty(debtor, born) }],
    kreverRettsgebyrErstattet: true,
    betalingsinformasjon: {
      norskKonto: {
        kontonummer: creditor.account,
        ...(kid === null ? {} : { kidnummer: kid }),
      },
    },
    kravTilInnkreving: claims,
    begjaeringensTvangsgrunnlag: [basis(file, answers, claims)],
  };
}

function orgnr(number: string): Identifikator {
  return { identifikatortype: 'taxIdentificationNumber', verdi: number, landkode: 'NO' };
}

function address(
  adressetype: string,
  party: { address: string | null; zip: string | null; city: string | null; country: string },
): object {
  const adressetekst = (party.address ?? '').replaceAll('\n', ', ');
  if (party.country !== 'NO') {
    const utland = { adressetekst, poststed: party.city, landkode: party.country };
    return { adressetype, adresseUtland: { adresseFrittFormatUtland: utland } };
  }
  const innland = { adressetekst, postnummer: party.zip, poststedsnavn: party.city };
  return { adressetype, adresseInnland: { adresseFrittFormatInnland: innland } };
}

function debtorParty(debtor: CaseFile['debtor'], born: string | null): Aktoer {
  if (debtor.type !== 'consumer') {
    return {
      adresse: [address('forretningsadresse', debtor)],
      virksomhet: {
        navn: debtor.name,
        ...(debtor.orgnr === null ? {} : { identifikator: orgnr(debtor.orgnr) }),
      },
    };
  }
  const words = debtor.name.trim().split(/\s+/);
  return {
    adresse: [address('bopelsadresse', debtor)],
    person: {
      personnavn: { fornavn: words.slice(0, -1).join(' '), etternavn: words.at(-1) ?? '' },
      ...(born === null ? {} : { foedselsdato: born }),
    },
  };
}

const beloep = (ore: Ore): Beloep => ({ beloep: ore / 100, valuta: 'NOK' });

/** One claim for the principal, one for the interest, one for the costs: each apart (§ 5-2). */
function krav(file: CaseFile): Krav[] {
  const { case: c, claim } = file;
  const main = `faktura-${c.claim.invoice}`;
  const principal: Krav = {
    innsendersKravreferanse: main,
    kravdetaljer: 'Hovedkrav',
    kravbeskrivelse: claimName(c),
    kravforfall: { forfallsdato: c.claim.due },
    opprinneligBeloep: beloep(c.claim.amountOre),
    gjenstaaendeBeloep: beloep(claim.principalOre),
    ...settled(claim, 'principalOre'),
    rentebaerendeKrav: { beregnetMedForsinkelsesrente: true },
  };
  return [principal, ...interestKrav(file, main), ...costKrav(file, main)];
}

function interestKrav({ claim }: CaseFile, main: string): Krav[] {
  const first = claim.interestLines[0];
  const last = claim.interestLines.at(-1);
  if (first === undefined || last === undefined || claim.interestOre === 0) return [];
  return [
    {
      innsendersKravreferanse: `${main}-renter`,
      kravdetaljer: 'Rentekrav',
      kravbeskrivelse: `Forsinkelsesrente. ${claim.interestLines.map(interestWords).join('; ')}`,
      opprinneligBeloep: beloep(sum(claim.interestLines.map((line) => line.amountOre))),
      gjenstaaendeBeloep: beloep(claim.interestOre),
      relatertKrav: [main],
      ...settled(claim, 'interestOre'),
      rentekrav: {
        rentePeriode: { startdato: first.from, sluttdato: last.to },
        renteGrunnlag: beloep(first.baseOre),
        beregnetMedForsinkelsesrente: true,
      },
    },
  ];
}

/** Costs may be claimed only on a betalingsoppfordring of the last six months, which is why it stands here. */
function costKrav(file: CaseFile, main: string): Krav[] {
  const { claim } = file;
  const demand = enforcementFacts(file, null).betalingsoppfordring;
  if (claim.costsOre === 0 || demand === null) return [];
  return [
    {
      innsendersKravreferanse: `${main}-kostnader`,
      kravdetaljer: 'UtenrettsligeKostnader',
      kravbeskrivelse: `Utenrettslige kostnader (${claim.costLines.map((line) => line.hjemmel).join('; ')})`,
      kravforfall: { forfallsdato: demand.deadline },
      opprinneligBeloep: beloep(sum(claim.costLines.map((line) => line.amountOre))),
      gjenstaaendeBeloep: beloep(claim.costsOre),
      relatertKrav: [main],
      ...settled(claim, 'costsOre'),
      betalingsoppfordring: [
        {
          brevdato: demand.sentOn,
          betalingsfrist: demand.deadline,
          betalingsoppfordring: attachment('betalingsoppfordring', 'betalingsoppfordring.pdf'),
        },
      ],
    },
  ];
}

const CHANGES = {
  credit: 'kreditert',
  objection: 'falt bort etter innsigelse',
  waiver: 'frafalt',
  refund: 'tilbakebetalt',
} as const;

/** Payments, and credit notes and waivers, that the claim took, with the day. */
function settled(
  claim: Claim,
  part: 'costsOre' | 'interestOre' | 'principalOre',
): Pick<Krav, 'innbetaling' | 'kravEndring'> {
  const took = claim.allocations.filter((allocation) => allocation[part] > 0);
  const changes = took.flatMap((one) => (one.kind === 'payment' ? [] : [{ ...one, kind: one.kind }]));
  return {
    ...(paidOn(claim, part) === 0
      ? {}
      : {
          innbetaling: took
            .filter(({ kind }) => kind === 'payment')
            .map((one) => ({ bokfoertDato: one.on, beloep: beloep(one[part]) })),
        }),
    ...(changes.length === 0
      ? {}
      : {
          kravEndring: changes.map((one) => ({
            dato: one.on,
            beloep: beloep(one[part]),
            begrunnelse: CHANGES[one.kind],
          })),
        }),
  };
}

function attachment(type: string, filnavn: string): object {
  return { type, filnavn };
}

function basis(file: CaseFile, answers: UtleggAnswers, claims: readonly Krav[]): object {
  const { case: c } = file;
  const facts = enforcementFacts(file, answers.noticeSent);
  return {
    betegnelseAvTvangsgrunnlag: `Faktura ${c.claim.invoice}`,
    tvangsgrunnlagsdato: facts.betalingsoppfordring?.sentOn ?? c.claim.due,
    eksternSaksreferanse: `sak-${c.number}`,
    innsendersKravreferanse: claims.map((one) => one.innsendersKravreferanse),
    tvangsgrunnlag: attachment('tvangsgrunnlag', 'betalingsoppfordring.pdf'),
    varsel: notice(facts.noticeSent),
    saerligTvangsgrunnlag: {
      skriftligMeddelelse: {
        kravetsGrunnlag: claimName(c),
        faktiskeForholdForKravet: `${claimName(c)}, er ikke betalt.`,
        paastand: pleaFor(file),
        kanBehandlesIForliksraadet: answers.combined,
        krevesFravaersdom: answers.combined,
        forsendelsesmaate: dispatch(file),
      },
    },
  };
}

function notice(sentOn: LocalDate | null): object[] {
  if (sentOn === null) return [];
  const tvangskraftgrunnlag = attachment('tvangskraftgrunnlag', 'varsel.pdf');
  return [{ dato: sentOn, type: 'varselTvfbl418', tvangskraftgrunnlag }];
}

/** How the betalingsoppfordring left, as it was confirmed. */
function dispatch({ case: c }: CaseFile): object {
  const letter = sentByProgram(c)
    .filter(({ made }) => made.step === 'betalingsoppfordring')
    .at(-1);
  const words = { post: 'post', registered: 'rekommandertPost', email: 'epost', digital: 'digitalPostkasse' };
  return { forsendelsesmaate: words[letter?.channel ?? 'post'] };
}
