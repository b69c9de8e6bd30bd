import Handlebars from 'handlebars';
import type { Step } from '../law/steps.js';
import type { LetterView } from './view.js';

/** The texts a letter is made of, as read from the program's templates. */
export interface TemplateSource {
  readonly layout: string;
  readonly after: string;
  /** What the letters say about interest, the same in each. */
  readonly interest: string;
  readonly bodies: Readonly<Record<Step, string>>;
  /** Style sheet with the fonts inside, so that nothing is fetched. */
  readonly css: string;
  /** The font for emoji, for the letters that have any. */
  readonly emoji: string;
}

/** A template that may not be used, with what is wrong. */
export class TemplateFault extends Error {}

/** Pictures among the letters, besides those the letters' own font has. */
const EMOJI = /[^\P{Extended_Pictographic}©®™]|\p{Regional_Indicator}/u;

/** Turns the words of a letter into a page. */
export interface LetterTemplate {
  /** The page without its style sheet, which is many times as long and the same for nearly all of them. */
  render(view: LetterView): string;
  /** The style sheet of a page, with the fonts it needs. */
  styleOf(html: string): string;
  /** Whose letter it is, for the foot of its sheets: a text of a style sheet, in its quotes. */
  footOf(view: LetterView): string;
}

const OPTIONS: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { if: true, each: true, unless: true },
};

/** Compiles the templates. Values are always escaped: a template cannot switch that off. @throws TemplateFault */
export function compileTemplates(source: TemplateSource): LetterTemplate {
  const { layout: frame, after, interest, bodies: texts } = source;
  for (const text of [frame, after, interest, ...Object.values(texts)]) refuseRaw(text);
  const engine = Handlebars.create();
  engine.registerPartial('after', engine.compile(after, OPTIONS));
  engine.registerPartial('interest', engine.compile(interest.trim(), OPTIONS));
  const layout = engine.compile<LetterView>(frame, OPTIONS);
  const bodies = new Map(Object.entries(texts).map(([step, text]) => [step, engine.compile(text, OPTIONS)]));
  const withEmoji = source.emoji + source.css;
  return {
    styleOf: (html) => (EMOJI.test(html) ? withEmoji : source.css),
    footOf: (view) => cssString(view.foot),
    render(view) {
      const body = bodies.get(view.step);
      if (body === undefined) throw new TemplateFault(`no template for ${view.step}`);
      const content = layout(view, { partials: { body } });
      const title = engine.escapeExpression(`${view.documentTitle} – ${view.creditor.name}`);
      return (
        `<!doctype html><html lang="${view.locale}"><head><meta charset="utf-8"><title>${title}</title>` +
        `</head><body>${content}</body></html>`
      );
    },
  };
}

/** What every page of a paper says at its foot, besides its own words. */
interface PaperHead {
  readonly title: string;
  readonly footer: string;
}

/** Compiles the template of the papers that go out beside the letters: petitions, statements, the dossier. @throws TemplateFault */
export function compilePaper(source: { template: string; css: string }): {
  render(view: PaperHead): string;
} {
  refuseRaw(source.template);
  const engine = Handlebars.create();
  const body = engine.compile<PaperHead>(source.template, OPTIONS);
  return {
    render(view) {
      const title = engine.escapeExpression(view.title);
      const foot = `@page { @bottom-left { content: ${cssString(view.footer)}; } }`;
      return (
        `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>${title}</title>` +
        `<style>${source.css}${foot}</style></head><body>${body(view)}</body></html>`
      );
    },
  };
}

/** A text inside a style sheet: whatever could end the text, or the sheet, is written as its number. */
function cssString(text: string): string {
  return `"${text.replace(/["\\<>&\n\r]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;
}

/** What a template written by a user is made of. */
export interface TemplateParts {
  /** Its own words and tags, with `x` for what the program fills in. */
  readonly content: string;
  /** Each name filled in, with the names whose conditions it stands under. */
  readonly filled: readonly { readonly name: string; readonly under: readonly string[] }[];
  readonly conditions: readonly string[];
}

/**
 * Takes a user's template apart. It may fill in names and choose between texts with if and unless, and nothing else:
 * no arithmetic, no lookups, no loops, no other templates. @throws TemplateFault in bokmål
 */
export function takeApart(text: string): TemplateParts {
  const parts = {
    content: '',
    filled: [] as { name: string; under: string[] }[],
    conditions: [] as string[],
  };
  const visit = (statements: readonly hbs.AST.Statement[], under: string[]): void => {
    for (const statement of statements) {
      if (statement.type === 'ContentStatement')
        parts.content += (statement as hbs.AST.ContentStatement).value;
      else if (statement.type === 'MustacheStatement') {
        parts.filled.push({ name: nameIn(statement as hbs.AST.MustacheStatement), under });
        parts.content += 'x';
      } else if (statement.type === 'BlockStatement') {
        const { condition, whenTrue, whenFalse } = choiceIn(statement as hbs.AST.BlockStatement);
        parts.conditions.push(condition);
        visit(whenTrue, [...under, condition]);
        visit(whenFalse, under);
      } else if (statement.type !== 'CommentStatement') throw new TemplateFault(ONLY_NAMES);
    }
  };
  visit(parse(text).body, []);
  return parts;
}

const ONLY_NAMES =
  'den kan bare sette inn navn som {{total}} og velge tekst med {{#if …}}, {{#unless …}} og {{else}}';

function parse(text: string): hbs.AST.Program {
  refuseRaw(text);
  try {
    return Handlebars.parse(text);
  } catch (fault) {
    const line = /line (\d+)/.exec(fault instanceof Error ? fault.message : '')?.[1];
    throw new TemplateFault(`den lar seg ikke lese${line === undefined ? '' : ` (linje ${line})`}`);
  }
}

function refuseRaw(text: string): void {
  if (/\{\{~?\s*[{&]/.test(text)) throw new TemplateFault('{{{ og {{& slår av sikringen av teksten');
}

function nameIn({ path, params, hash }: hbs.AST.MustacheStatement): string {
  // The parser leaves the hash out where there is none, whatever its types say.
  if (params.length > 0 || (hash as hbs.AST.Hash | undefined) !== undefined)
    throw new TemplateFault(ONLY_NAMES);
  return nameOf(path);
}

function nameOf(expression: hbs.AST.Expression): string {
  const path = expression as hbs.AST.PathExpression;
  if (expression.type !== 'PathExpression' || path.data || path.depth > 0)
    throw new TemplateFault(ONLY_NAMES);
  return path.parts.join('.');
}

interface Choice {
  readonly condition: string;
  readonly whenTrue: readonly hbs.AST.Statement[];
  readonly whenFalse: readonly hbs.AST.Statement[];
}

function choiceIn(block: hbs.AST.BlockStatement): Choice {
  const helper = nameOf(block.path);
  const [condition, ...more] = block.params;
  const bare = (block.hash as hbs.AST.Hash | undefined) === undefined && more.length === 0;
  if (condition === undefined || !bare || (helper !== 'if' && helper !== 'unless'))
    throw new TemplateFault(ONLY_NAMES);
  const then = block.program.body;
  const otherwise = (block.inverse as hbs.AST.Program | undefined)?.body ?? [];
  const [whenTrue, whenFalse] = helper === 'if' ? [then, otherwise] : [otherwise, then];
  return { condition: nameOf(condition), whenTrue, whenFalse };
}
