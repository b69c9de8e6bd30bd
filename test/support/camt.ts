// camt.053 and camt.054 as a bank would write them, for tests.

export interface CamtPayment {
  readonly amount: string;
  readonly kids?: readonly { readonly kid: string; readonly amount?: string }[];
  readonly text?: string;
  readonly reference?: string;
  readonly payer?: string;
  readonly from?: string;
}

export interface CamtEntry {
  readonly amount: string;
  readonly currency?: string;
  readonly direction?: 'CRDT' | 'DBIT';
  readonly reversal?: boolean;
  readonly status?: string;
  readonly date?: string;
  readonly reference?: string | null;
  readonly payments?: readonly CamtPayment[];
}

export interface CamtShape {
  readonly message?: 'camt.052' | 'camt.053' | 'camt.054';
  readonly version?: '02' | '04' | '08';
  readonly account?: string;
  readonly prefix?: string;
}

const BODIES = {
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

export function camtFile(entries: readonly CamtEntry[], shape: CamtShape = {}): string {
  const { message = 'camt.054', version = '02', account = '15031234562', prefix = '' } = shape;
  const [body, part] = BODIES[message];
  const number = account.startsWith('NO')
    ? `<IBAN>${account}</IBAN>`
    : `<Othr><Id>${account}</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>`;
  const content = [
    `<${body}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-10-05T06:30:00+02:00</CreDtTm></GrpHdr>`,
    `<${part}><Id>1</Id><CreDtTm>2026-10-05T06:30:00+02:00</CreDtTm><Acct><Id>${number}</Id></Acct>`,
    ...entries.map((entry, index) => entryXml(entry, index + 1, version)),
    `</${part}></${body}>`,
  ].join('\n');
  const named = prefix === '' ? content : content.replace(/<(\/?)(?=\w)/g, `<$1${prefix}:`);
  const colon = prefix === '' ? '' : `${prefix}:`;
  const xmlns = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const uri = `urn:iso:std:iso:20022:tech:xsd:${message}.001.${version}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${colon}Document ${xmlns}="${uri}">\n${named}\n</${colon}Document>\n`;
}

function entryXml(entry: CamtEntry, number: number, version: string): string {
  const { amount, currency = 'NOK', direction = 'CRDT', reversal = false, status = 'BOOK' } = entry;
  const { date = '2026-10-05', reference = `E${number}`, payments = [] } = entry;
  const sts = version === '08' ? `<Sts><Cd>${status}</Cd></Sts>` : `<Sts>${status}</Sts>`;
  return [
    `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`,
    reversal ? '<RvslInd>true</RvslInd>' : '',
    sts,
    `<BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt>`,
    reference === null ? '' : `<AcctSvcrRef>${reference}</AcctSvcrRef>`,
    '<BkTxCd/>',
    payments.length === 0
      ? ''
      : `<NtryDtls>${payments.map((one) => paymentXml(one, { currency, direction, version })).join('\n')}</NtryDtls>`,
    '</Ntry>',
  ].join('');
}

function paymentXml(
  payment: CamtPayment,
  { currency, direction, version }: { currency: string; direction: string; version: string },
): string {
  const { amount, kids = [], text, reference, payer = 'Kari Fiktiv', from } = payment;
  const money = `<Amt Ccy="${currency}">${amount}</Amt>`;
  const strd = kids.map(({ kid, amount: part }) => {
    const stated =
      part === undefined ? '' : `<RfrdDocAmt><RmtdAmt Ccy="${currency}">${part}</RmtdAmt></RfrdDocAmt>`;
    return `<Strd>${stated}<CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${kid}</Ref></CdtrRefInf></Strd>`;
  });
  const name = `<Nm>${payer}</Nm>`;
  return [
    '<TxDtls>',
    reference === undefined ? '<Refs/>' : `<Refs><AcctSvcrRef>${reference}</AcctSvcrRef></Refs>`,
    version === '02'
      ? `<AmtDtls><TxAmt>${money}</TxAmt></AmtDtls>`
      : `${money}<CdtDbtInd>${direction}</CdtDbtInd>`,
    `<RltdPties><Dbtr>${version === '08' ? `<Pty>${name}</Pty>` : name}</Dbtr>`,
    from === undefined ? '' : `<DbtrAcct><Id><Othr><Id>${from}</Id></Othr></Id></DbtrAcct>`,
    '</RltdPties>',
    `<RmtInf>${text === undefined ? '' : `<Ustrd>${text}</Ustrd>`}${strd.join('')}</RmtInf>`,
    '</TxDtls>',
  ].join('');
}
