import { INSTALL } from './completion.js';

/** What `help` and `help <command>` show first: the program, or the command, as it is used. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  inkasso: ['init', 'add --from faktura.xml', 'run', 'sent 1', 'report'],
  init: [
    'init',
    'init --name "Eksempel Elektro AS" --orgnr 312456788 --address "Eksempelveien 1" --zip 0101 --city Oslo --account 15031234562',
  ],
  add: [
    'add',
    'add --from faktura.xml',
    'add --invoice 1001 --amount 2490,00 --due 2026-08-03 --debtor "Kari Fiktiv" --type consumer',
  ],
  import: [
    'import fakturaer.zip --dry-run',
    'import utestående.csv --map "Vår ref=invoice"',
    'import OCR.D201126',
    'import',
    'import --match 17=1001',
  ],
  run: ['run', 'run --dry-run', 'run --sent'],
  sent: ['sent', 'sent 12 --date 2026-08-20', 'sent --letter 31 --channel registered'],
  withdraw: ['withdraw 12 --reason "feil adresse"', 'withdraw --letter 31 --reason "feil adresse"'],
  pay: ['pay 1001 2542,21', 'pay 7 1000 --date 2026-09-10 --to principal'],
  refund: ['refund 1001 150,00'],
  credit: ['credit 1001 500,00 --note-no K-12'],
  waive: ['waive 1001 --fees', 'waive 1001 --amount 58,20'],
  dispute: [
    'dispute 1001 --reason "varen kom ikke fram"',
    'dispute 1001 --part 500,00 --reason "én time for mye"',
  ],
  resolve: [
    'resolve 1001 --outcome withdrawn --reason "trukket på telefon"',
    'resolve 1001 --outcome partly --reduce 500,00 --reason "enige om timene"',
  ],
  plan: [
    'plan 1001 --parts 4 --first 2026-10-01',
    'plan 1001 --parts 6 --first 2026-10-01 --every 14d --amount 500,00',
  ],
  hold: ['hold 1001 --until 2026-10-01 --reason "venter på lønn"'],
  resume: ['resume 1001'],
  stop: ['stop 1001 --because bankruptcy --date 2026-09-14'],
  bero: ['bero 1001 --reason "utenlands til våren"'],
  writeoff: ['writeoff 1001 --reason "for lite til å inndrive"'],
  handover: ['handover 1001 --to forliksraad'],
  note: [
    'note 1001 "lover å betale fredag" --phone',
    'note 1001 "erkjenner kravet i e-post" --fact acknowledged',
  ],
  close: ['close 1001 --reason "registrert ved en feil"'],
  reopen: ['reopen 1001 --reason "likevel ikke betalt"'],
  undo: ['undo 1001'],
  debtor: ['debtor list', 'debtor edit 3 --address "Ny gate 2" --zip 0150 --city Oslo', 'debtor export 3'],
  list: ['list', 'list --due', 'list --debtor fiktiv'],
  show: ['show 1001'],
  letter: ['letter 31 --out brev.pdf', 'letter verify brev.pdf'],
  why: ['why 1001', 'why 1001 --letter 31'],
  forecast: ['forecast 1001', 'forecast 1001 --if pay:1000@2026-10-01'],
  report: [
    'report',
    'report ageing --as-of 2026-12-31 --csv > utestaaende.csv',
    'report kpi --from 2026-01-01 --to 2026-12-31',
    'report --html rapport.html --pdf rapport.pdf',
  ],
  export: [
    'export utlegg 1001 --invoice faktura-1001.pdf',
    'export forliksklage 1001',
    'export fordringsanmeldelse 1001 --to "Advokat Ola Oppdiktet"',
    'export dossier 1001 --out saksmappe.pdf',
  ],
  rates: ['rates', 'rates check', 'rates add forsinkelsesrente 2027-01-01 12,50 --source "FOR-…"'],
  config: ['config', 'config set grace 5'],
  template: [
    'template',
    'template eject purring --language nn',
    'template lint maler/nn/purring.hbs',
    'template preview purring --language nn --out purring.pdf',
  ],
  check: ['check'],
  backup: ['backup /media/minnepenn', 'backup kopi.db', 'backup kopi.db --yes'],
  restore: ['restore kopi.db', 'restore kopi.db --db ny.db'],
  doctor: ['doctor'],
  demo: ['demo', 'demo --dir ovelse'],
  completion: Object.values(INSTALL).map((line) => line.replace(/^inkasso /, '')),
  man: ['man | man -l -'],
};

/** The examples of a command, ready to stand above its help. */
export function examplesOf(command: string): string {
  const examples = EXAMPLES[command] ?? [];
  return examples.length === 0
    ? ''
    : `Eksempler:\n${examples.map((example) => `  inkasso ${example}`).join('\n')}\n`;
}
