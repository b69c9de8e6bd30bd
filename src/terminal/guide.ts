/** The newcomer's guide, as `inkasso help kom-i-gang` shows it. */
export const GUIDE = `Kom i gang med inkasso

Dette er for deg som har fakturaer som ikke blir betalt, og vil kreve dem
inn selv. Du trenger fakturaene, org.nummeret ditt og kontonummeret pengene
skal til.

Vil du øve først? «inkasso demo» lager en øvelse med oppdiktede fakturaer
og brev.

1. Sjekk maskinen
     inkasso doctor
   Alt skal ha en hake. Mangler noe, står det hva du gjør.

2. Registrer virksomheten din
     inkasso init
   Du blir spurt om navn, org.nr., adresse og kontonummer. Svarene trykkes
   i brevene.

3. Registrer en faktura som har forfalt
     inkasso add
   Har du den som EHF, slipper du å skrive: inkasso add --from faktura.xml
   Har du alt sendt en purring, tar du den med, så gebyret ikke kreves to
   ganger:
     inkasso add … --history purring=2026-09-01:2026-09-15:38

4. Se hva som vil skje
     inkasso run --dry-run
   Saker som ikke får brev i dag, står der også, med grunnen og paragrafen.

5. Lag brevene
     inkasso run
   Brevene blir PDF-er, og en samlet fil til å skrive ut. Les dem før du
   sender dem.

6. Send dem, og si fra når du har gjort det
     inkasso sent
   Fristene regnes fra den dagen. Et brev som ikke er bekreftet, teller ikke.

7. Registrer penger som kommer inn
     inkasso pay 1001 2500
   Gjør det før du kjører neste «run», så ingen får brev for det de har
   betalt.

Etter dette er det «inkasso run» hver dag, eller hver uke. Programmet holder
styr på fristene: purring tidligst 14 dager etter forfall, så inkassovarsel,
så betalingsoppfordring, hver med minst 14 dagers frist. Glemmer du en uke,
tas den igjen.

Er skyldneren uenig?     inkasso dispute 1001 --reason "…"   Alt stanser.
Vil de ha mer tid?       inkasso hold 1001 --until 2026-12-01 --reason "…"
Vil de dele opp?         inkasso plan 1001 --parts 4 --first 2026-12-01
Ble noe feil?            inkasso undo 1001
Hvorfor denne summen?    inkasso why 1001
Hva kommer?              inkasso forecast 1001
Hva har jeg ute?         inkasso report

Ta kopi av alt, for eksempel hver uke:   inkasso backup /media/minnepenn
Hjelp til én kommando, med eksempler:    inkasso help add`;
