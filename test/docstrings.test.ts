import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const LAYERS = ['law', 'case', 'letters', 'report'];

/** What says what a bare number counts: its own name, or a word in the docstring. Amounts and dates have types. */
const UNIT_IN_NAME = /(Ore|kroner|[dD]ays|[mM]onths|[yY]ear|[pP]ercent|[hH]undredths|decimals|version)$/;
const UNIT_IN_WORDS =
  /øre|krone|\bdays?\b|month|\byears?\b|percent|hundredths|share|number|events|index|rows|365|÷/i;

interface PublicFunction {
  readonly name: string;
  readonly docs: string;
  readonly fn: ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;
}

function publicFunctions(file: ts.SourceFile): PublicFunction[] {
  return file.statements.flatMap((statement): PublicFunction[] => {
    if (!ts.canHaveModifiers(statement)) return [];
    const isPublic = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isPublic !== true) return [];
    const docs = ts
      .getJSDocCommentsAndTags(statement)
      .map((each) => each.getText(file))
      .join('\n');
    if (ts.isFunctionDeclaration(statement))
      return [{ name: statement.name?.text ?? '', docs, fn: statement }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [{ name: name.getText(file), docs, fn: initializer }]
        : [],
    );
  });
}

/** One sentence for each thing a reader of a public function would have to find out from its body. */
function offences(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return publicFunctions(file).flatMap(({ name, docs, fn }) => {
    const at = `${path}: ${name}`;
    if (docs === '') return [`${at} has no docstring`];
    return [
      ...(throwsOwn(fn) && !docs.includes('@throws') ? [`${at} throws, and has no @throws`] : []),
      ...bareNumbers(fn)
        .filter((number) => !UNIT_IN_NAME.test(number) && !UNIT_IN_WORDS.test(docs))
        .map((number) => `${at} does not say the unit of ${number}`),
    ];
  });
}

function throwsOwn(fn: ts.Node): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression)) found = true;
    ts.forEachChild(node, visit);
  };
  visit(fn);
  return found;
}

/** The names of parameters that are numbers and nothing more, and of what is returned when that is one. */
function bareNumbers({ parameters, type, name }: PublicFunction['fn']): string[] {
  const isNumber = (node: ts.TypeNode | undefined): boolean => /\bnumber\b/.test(node?.getText() ?? '');
  return [
    ...parameters.filter((each) => isNumber(each.type)).map((each) => each.name.getText()),
    ...(isNumber(type) ? [name?.getText() ?? 'the result'] : []),
  ];
}

describe('every public function of the rules, the case, the letters and the reports', () => {
  it.each(LAYERS)('of %s has a docstring with units and errors', (layer) => {
    const folder = join(src, layer);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(5);
    expect(
      files.flatMap((name) => offences(`${layer}/${name}`, readFileSync(join(folder, name), 'utf8'))),
    ).toEqual([]);
  });

  it.each([
    ['export function f(): void {}', 'a.ts: f has no docstring'],
    ['export const f = (): void => undefined;', 'a.ts: f has no docstring'],
    ['/** Does. */ export function f(): void { throw new Error(); }', 'a.ts: f throws, and has no @throws'],
    ['/** Does. */ export function f(n: number): void {}', 'a.ts: f does not say the unit of n'],
    ['/** Does. */ export function f(): number | null { return 1; }', 'a.ts: f does not say the unit of f'],
  ])('is caught: %s', (text, sentence) => expect(offences('a.ts', text)).toEqual([sentence]));

  it.each([
    'function f(n: number): void {}',
    '/** So many days. */ export function f(n: number): void {}',
    '/** Does. */ export function f(graceDays: number): void {}',
    '/** Does. */ export function f(a: Ore): Ore { return a; }',
    '/** Does. @throws Error */ export function f(): void { throw new Error(); }',
  ])('is let through: %s', (text) => expect(offences('a.ts', text)).toEqual([]));
});
