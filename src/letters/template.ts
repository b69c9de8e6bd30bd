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
}

/** A template that may not be used, with what is wrong. */
export class TemplateFault extends Error {}

/** Turns the words of a letter into a page. */
export interface LetterTemplate {
  render(view: LetterView): string;
}

const OPTIONS: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { if: true, each: true, unless: true },
};

/** Compiles the templates. Values are always escaped: a template cannot switch that off. @throws TemplateFault */
export function compileTemplates(source: TemplateSource): LetterTemplate {
  const { layout: frame, after, interest, bodies: texts } = source;
  for (const text of [frame, after, interest, ...Object.values(texts)]) refuseRawOutput(text);
  const engine = Handlebars.create();
  engine.registerPartial('after', engine.compile(after, OPTIONS));
  engine.registerPartial('interest', engine.compile(interest.trim(), OPTIONS));
  const layout = engine.compile<LetterView>(frame, OPTIONS);
  const bodies = new Map(Object.entries(texts).map(([step, text]) => [step, engine.compile(text, OPTIONS)]));
  return {
    render(view) {
      const body = bodies.get(view.step);
      if (body === undefined) throw new TemplateFault(`no template for ${view.step}`);
      const content = layout(view, { partials: { body } });
      const title = engine.escapeExpression(`${view.documentTitle} – ${view.creditor.name}`);
      return (
        `<!doctype html><html lang="${view.locale}"><head><meta charset="utf-8"><title>${title}</title>` +
        `<style>${source.css}</style></head><body>${content}</body></html>`
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
  refuseRawOutput(source.template);
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

function refuseRawOutput(text: string): void {
  if (/\{\{~?\s*[{&]/.test(text))
    throw new TemplateFault('a template may not switch off escaping with {{{ or {{&');
}
