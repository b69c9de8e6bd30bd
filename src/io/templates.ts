import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEPS, type Step } from '../law/steps.js';
import { programFolder } from './home.js';

const SUBSETS = [
  {
    file: 'latin-ext',
    range:
      'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20C0',
  },
  {
    file: 'latin',
    range:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215',
  },
] as const;
const WEIGHTS = [400, 600] as const;

/** The files letters are made of, as text. */
export interface TemplateFiles {
  readonly layout: string;
  readonly after: string;
  readonly interest: string;
  readonly bodies: Readonly<Record<Step, string>>;
  readonly css: string;
  /** The font for emoji, for the letters that have any: it is larger than all the rest. */
  readonly emoji: string;
}

/** Reads the program's letter templates, the style sheet with its fonts inside as data. */
export function readTemplates(language: string): TemplateFiles {
  const folder = join(programFolder(), 'templates');
  const text = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
  const bodies = Object.fromEntries(STEPS.map((step) => [step, text(language, `${step}.hbs`)])) as Record<
    Step,
    string
  >;
  return {
    layout: text('layout.hbs'),
    after: text(language, 'after.hbs'),
    interest: text(language, 'interest.hbs'),
    bodies,
    css: fontFaces(folder) + text('letter.css'),
    emoji: fontFace(folder, 'noto-emoji-400-normal', "font-family: 'Inkasso Emoji'; font-weight: 400 600;"),
  };
}

/** Reads the template of the papers that go out beside the letters. */
export function readPaperTemplate(): { template: string; css: string } {
  const folder = join(programFolder(), 'templates');
  const text = (name: string): string => readFileSync(join(folder, 'papers', name), 'utf8');
  return { template: text('paper.hbs'), css: fontFaces(folder) + text('paper.css') };
}

/** The letters the user has written anew, by the name of the file: `nb/purring.hbs` in the folder of templates. */
export function readOwnTemplates(
  folder: string,
  language: string,
): Map<Step, { file: string; text: string }> {
  const files = STEPS.map((step) => [step, join(folder, language, `${step}.hbs`)] as const);
  return new Map(
    files
      .filter(([, file]) => existsSync(file))
      .map(([step, file]) => [step, { file, text: readFileSync(file, 'utf8') }]),
  );
}

/** The style sheet of a report page, with its fonts inside as data. */
export function readReportStyle(): string {
  const folder = join(programFolder(), 'templates');
  return fontFaces(folder) + readFileSync(join(folder, 'report.css'), 'utf8');
}

/** The letters carry their own fonts: the layout is the same on every machine. */
function fontFaces(folder: string): string {
  return WEIGHTS.flatMap((weight) =>
    SUBSETS.map(({ file, range }) => {
      const face = `font-family: 'Inkasso Sans'; font-weight: ${weight}; unicode-range: ${range};`;
      return fontFace(folder, `source-sans-3-${file}-${weight}-normal`, face);
    }),
  ).join('');
}

function fontFace(folder: string, name: string, descriptors: string): string {
  const font = readFileSync(join(folder, 'fonts', `${name}.woff2`)).toString('base64');
  return `@font-face { ${descriptors} src: url(data:font/woff2;base64,${font}) format('woff2'); }\n`;
}
