import { formatOrgnr, type Language } from '../case/party.js';
import type { Settings } from '../case/settings.js';

/** The words around a letter that goes by e-mail. Neither subject nor text says what the letter is about. */
export interface MailWords {
  readonly subject: string;
  readonly text: string;
  /** What the attached PDF is called. */
  readonly file: string;
}

type Sender = Pick<Settings, 'name' | 'orgnr' | 'phone'>;

export function mailWords(letter: number, language: Language, sender: Sender): MailWords {
  const { name, orgnr } = sender;
  const lines = BODY[language](name, sender.phone);
  const sign = `${name}\n${language === 'en' ? 'Reg. no.' : 'Org.nr.'} ${formatOrgnr(orgnr)}`;
  return {
    subject: SUBJECT[language](name),
    text: `${[...lines, sign].join('\n\n')}\n`,
    file: `${FILE[language]}-${letter}.pdf`,
  };
}

const FILE: Readonly<Record<Language, string>> = { nb: 'brev', nn: 'brev', en: 'letter' };

const SUBJECT: Readonly<Record<Language, (name: string) => string>> = {
  nb: (name) => `Brev fra ${name}`,
  nn: (name) => `Brev frå ${name}`,
  en: (name) => `Letter from ${name}`,
};

const BODY: Readonly<Record<Language, (name: string, phone: string | null) => readonly string[]>> = {
  nb: (name, phone) => [
    'Hei',
    `Vedlagt er et brev fra ${name}. Åpne PDF-filen for å lese det.`,
    `Har du spørsmål, svar på denne e-posten${phone === null ? '' : ` eller ring ${phone}`}.`,
    'Vennlig hilsen',
  ],
  nn: (name, phone) => [
    'Hei',
    `Vedlagt er eit brev frå ${name}. Opne PDF-fila for å lese det.`,
    `Har du spørsmål, svar på denne e-posten${phone === null ? '' : ` eller ring ${phone}`}.`,
    'Venleg helsing',
  ],
  en: (name, phone) => [
    'Hello',
    `A letter from ${name} is attached. Please open the PDF file to read it.`,
    `If you have questions, reply to this e-mail${phone === null ? '' : ` or call ${phone}`}.`,
    'Kind regards',
  ],
};
