import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

// What may import what -------------------------------------------------------------------------------------

/** A layer is a folder of src, or a file directly in it. */
const ARROWS: Record<string, readonly string[]> = {
  law: ['law'],
  case: ['law', 'case'],
  letters: ['law', 'case', 'letters'],
  import: ['law', 'case', 'import'],
  export: ['law', 'case', 'export'],
  report: ['law', 'case', 'report'],
  io: ['law', 'case', 'io'],
  terminal: ['law', 'case', 'report', 'terminal'],
  'context.ts': ['law', 'case', 'letters', 'import', 'export', 'report', 'io', 'terminal'],
  'machine.ts': ['law', 'case', 'letters', 'import', 'export', 'report', 'io', 'terminal', 'context.ts'],
  tasks: ['law', 'case', 'letters', 'import', 'export', 'report', 'tasks'],
  commands: ['law', 'case', 'letters', 'import', 'export', 'report', 'terminal', 'tasks'],
};
ARROWS['program'] = [...Object.keys(ARROWS), 'program'];
ARROWS['main.ts'] = [...Object.keys(ARROWS)];

/** Arrows that are open to `import type` only. */
const TYPE_ARROWS: Record<string, readonly string[]> = {
  tasks: ['context.ts'],
  commands: ['context.ts'],
};

/** The only place outside src that source may read: the program's own name and version. */
const OUTSIDE_SRC: Record<string, readonly string[]> = {
  'package.json': ['main.ts', 'program'],
};

const PURE_LAYERS = ['law', 'case', 'letters', 'report'];

/** Where a package lives. A package that is not named here may live anywhere, but in one file only. */
const OWNERS: Record<string, { where: RegExp; oneFile: boolean }> = {
  commander: { where: /^src\/(commands\/.+|program\/.+)$/, oneFile: false },
  zod: {
    where:
      /^src\/(import\/.+|io\/.+|context\.ts|case\/policy-file\.ts|case\/settings(-schema)?\.ts|law\/rates\.ts)$/,
    oneFile: false,
  },
  dayjs: { where: /^src\/law\/dates\.ts$/, oneFile: true },
  'decimal.js': { where: /^src\/law\/money\.ts$/, oneFile: true },
  handlebars: { where: /^src\/letters\/template\.ts$/, oneFile: true },
  chalk: { where: /^src\/terminal\/.+$/, oneFile: true },
  'fast-string-width': { where: /^src\/terminal\/.+$/, oneFile: true },
  // Started in one file; the others know the types of a browser and its pages.
  'puppeteer-core': { where: /^src\/io\/(browser-launch|pdf|pdf-page|pdf-pool)\.ts$/, oneFile: false },
  '@inquirer/prompts': { where: /^src\/terminal\/prompts\.ts$/, oneFile: true },
};

const TOP_LEVEL = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'bin',
  'src',
  'templates',
  'migrations',
  'test',
  'examples',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

/** Made by npm, the build or the tests, and never committed. */
const GENERATED = /^(node_modules|dist|coverage|inkasso-demo|.+\.tgz)$/;

// Reading source -------------------------------------------------------------------------------------------

interface Source {
  /** From the top of the repository, with forward slashes: `src/law/money.ts`. */
  readonly path: string;
  readonly ast: ts.SourceFile;
}

interface Import {
  /** `null` where the name is computed and cannot be known before the program runs. */
  readonly name: string | null;
  readonly typeOnly: boolean;
  readonly line: number;
}

function source(path: string, text: string): Source {
  return { path, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

function lineOf(file: Source, node: ts.Node): number {
  return file.ast.getLineAndCharacterOfPosition(node.getStart(file.ast)).line + 1;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

const importsByFile = new WeakMap<Source, readonly Import[]>();

function importsOf(file: Source): readonly Import[] {
  const known = importsByFile.get(file);
  if (known) return known;

  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean) => {
    const text = name && ts.isStringLiteralLike(name) ? name.text : null;
    found.push({ name: text, typeOnly, line: lineOf(file, node) });
  };
  walk(file.ast, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.moduleReference.expression, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node)) {
      const dynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const required = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      // A package looked up to be loaded elsewhere, such as in a worker, is used all the same.
      const lookedUp =
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === 'resolve' &&
        node.expression.expression.getText().startsWith('createRequire(');
      if (dynamic || required || lookedUp) add(node, node.arguments[0], false);
    }
  });
  importsByFile.set(file, found);
  return found;
}

function isRelative(name: string): boolean {
  return name.startsWith('.') || name.startsWith('/');
}

/** The file a relative import means, from the top of the repository. */
function targetOf(file: Source, name: string): string {
  return posix.join(posix.dirname(file.path), name).replace(/\.([cm]?)js$/, '.$1ts');
}

function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}

/** `zod/v4` → `zod`, `@scope/name/sub` → `@scope/name`; null for own files and Node's own modules. */
function packageOf(name: string): string | null {
  if (isRelative(name) || isBuiltin(name)) return null;
  const [first = '', second = ''] = name.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function packageImports(files: readonly Source[]): Map<string, { file: Source; line: number }[]> {
  const found = new Map<string, { file: Source; line: number }[]>();
  for (const file of files) {
    for (const { name, line } of importsOf(file)) {
      const owner = name === null ? null : packageOf(name);
      if (owner !== null) found.set(owner, [...(found.get(owner) ?? []), { file, line }]);
    }
  }
  return found;
}

// The rules: each takes what is to be judged and answers with one sentence per offence -----------------------

function arrowOffences(files: readonly Source[]): string[] {
  return files.flatMap((file) => {
    const from = layerOf(file.path);
    const allowed = ARROWS[from];
    if (!allowed) {
      return [`${file.path}: src/${from} is not in the table of layers; add it to ARROWS or move the file`];
    }
    return importsOf(file).flatMap(({ name, typeOnly, line }) => {
      const at = `${file.path}:${line}`;
      if (name === null) return [`${at} imports a computed name; write the name out`];
      if (!isRelative(name)) {
        return isBuiltin(name) && !name.startsWith('node:')
          ? [`${at} imports '${name}'; write 'node:${name}'`]
          : [];
      }
      const target = targetOf(file, name);
      if (!target.startsWith('src/')) {
        return OUTSIDE_SRC[target]?.includes(from) ? [] : [`${at} imports '${name}', which is outside src`];
      }
      const to = layerOf(target);
      if (allowed.includes(to)) return [];
      if (TYPE_ARROWS[from]?.includes(to)) {
        return typeOnly ? [] : [`${at} imports '${name}'; ${from} may only \`import type\` from ${to}`];
      }
      return [`${at} imports '${name}'; ${from} may import ${allowed.join(', ')} — not ${to}`];
    });
  });
}

function cycleOffences(files: readonly Source[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const trail: string[] = [];
  const offences: string[] = [];

  const visit = (path: string) => {
    const file = byPath.get(path);
    if (!file || done.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      offences.push(`cycle: ${[...trail.slice(start), path].join(' → ')}`);
      return;
    }
    trail.push(path);
    for (const { name } of importsOf(file)) {
      if (name !== null && isRelative(name)) visit(targetOf(file, name));
    }
    trail.pop();
    done.add(path);
  };
  for (const file of files) visit(file.path);
  return offences;
}

function defaultExportOffences(files: readonly Source[]): string[] {
  return files.flatMap((file) => {
    const offences: string[] = [];
    const offend = (node: ts.Node) =>
      offences.push(`${file.path}:${lineOf(file, node)} has a default export; export by name`);
    for (const statement of file.ast.statements) {
      if (ts.isExportAssignment(statement)) {
        offend(statement);
      } else if (ts.isExportDeclaration(statement)) {
        const clause = statement.exportClause;
        const names = clause && ts.isNamedExports(clause) ? clause.elements : clause ? [clause] : [];
        for (const specifier of names) if (specifier.name.text === 'default') offend(specifier);
      } else if (ts.canHaveModifiers(statement)) {
        const modifiers = ts.getModifiers(statement) ?? [];
        if (modifiers.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword)) offend(statement);
      }
    }
    return offences;
  });
}

/** A barrel declares nothing of its own: all it does is pass on what it imports. */
function barrelOffences(files: readonly Source[]): string[] {
  return files.flatMap((file) => {
    const { statements } = file.ast;
    const passesOn = statements.some((each) => ts.isExportDeclaration(each));
    const declaresNothing = statements.every(
      (each) => ts.isExportDeclaration(each) || ts.isImportDeclaration(each),
    );
    return passesOn && declaresNothing
      ? [`${file.path} only re-exports; import from where things are declared`]
      : [];
  });
}

function ownerOffences(files: readonly Source[]): string[] {
  return [...packageImports(files)].flatMap(([name, uses]) => {
    const rule = OWNERS[name];
    const offences = uses
      .filter(({ file }) => rule && !rule.where.test(file.path))
      .map(
        ({ file, line }) => `${file.path}:${line} imports '${name}', which belongs to ${rule?.where.source}`,
      );
    const paths = [...new Set(uses.map(({ file }) => file.path))];
    if (rule?.oneFile !== false && paths.length > 1) {
      offences.push(`'${name}' has ${paths.length} owners, and may have one: ${paths.join(', ')}`);
    }
    return offences;
  });
}

/** True where an identifier reads a value, as against naming a property, a declaration or a type. */
function readsValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if ('name' in parent && parent.name === node) return false;
  if ('propertyName' in parent && parent.propertyName === node) return false;
  return !ts.isPartOfTypeNode(node) && !ts.isQualifiedName(parent);
}

function impurity(node: ts.Identifier): string | null {
  const { parent } = node;
  const property =
    ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : null;
  switch (node.text) {
    case 'Date':
      if (property === 'UTC') return null;
      if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) {
        return null;
      }
      return ts.isNewExpression(parent) ? 'new Date' : property ? `Date.${property}` : 'Date';
    case 'Math':
      return property !== null && property !== 'random' ? null : 'Math.random';
    case 'crypto':
    case 'performance':
    case 'process':
    case 'globalThis':
      return node.text;
    default:
      return null;
  }
}

/** Names under which the file has a clock: `dayjs()` without a moment asks what time it is now. */
function clockNames(file: Source): Set<string> {
  const names = new Set<string>();
  for (const statement of file.ast.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const name = statement.importClause?.name;
    if (name && packageOf(statement.moduleSpecifier.text) === 'dayjs') names.add(name.text);
  }
  return names;
}

function purityOffences(files: readonly Source[]): string[] {
  return files
    .filter((file) => PURE_LAYERS.includes(layerOf(file.path)))
    .flatMap((file) => {
      const offences: string[] = [];
      const layer = layerOf(file.path);
      for (const { name, line } of importsOf(file)) {
        if (name !== null && isBuiltin(name)) {
          offences.push(`${file.path}:${line} imports '${name}'; ${layer} knows nothing of the machine`);
        }
      }
      const clocks = clockNames(file);
      walk(file.ast, (node) => {
        if (ts.isIdentifier(node) && readsValue(node)) {
          const what = impurity(node);
          if (what) {
            offences.push(`${file.path}:${lineOf(file, node)} uses ${what}; ${layer} is given what it needs`);
          }
        }
        if (ts.isCallExpression(node) && node.arguments.length === 0) {
          const callee = ts.isPropertyAccessExpression(node.expression)
            ? node.expression.expression
            : node.expression;
          if (ts.isIdentifier(callee) && clocks.has(callee.text)) {
            const what = node.expression.getText(file.ast);
            offences.push(`${file.path}:${lineOf(file, node)} uses ${what}() as a clock; pass the date in`);
          }
        }
      });
      return offences;
    });
}

function undeclaredOffences(files: readonly Source[], declared: readonly string[]): string[] {
  return [...packageImports(files)]
    .filter(([name]) => !declared.includes(name))
    .flatMap(([name, uses]) =>
      uses.map(
        ({ file, line }) =>
          `${file.path}:${line} imports '${name}', which is not among package.json's dependencies`,
      ),
    );
}

function unusedOffences(files: readonly Source[], declared: readonly string[]): string[] {
  const used = packageImports(files);
  return declared
    .filter((name) => !used.has(name))
    .map((name) => `package.json depends on '${name}', which no file in src imports`);
}

function readmeOffences(readme: string | null, declared: readonly string[]): string[] {
  if (readme === null) return ['README.md is missing, and with it the table of dependencies'];
  const rows = new Set([...readme.matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map(([, name]) => name));
  const missing = declared.filter((name) => !rows.has(name));
  if (missing.length > 0 && missing.length === declared.length) {
    return ['README.md has no table of dependencies: rows that begin with | `package` |'];
  }
  return missing.map((name) => `README.md has no row for '${name}' in its table of dependencies`);
}

function migrationOffences(names: readonly string[]): string[] {
  const sorted = names.filter((name) => name.endsWith('.sql')).sort();
  const unnumbered = sorted.filter((name) => !/^\d{4}-.+\.sql$/.test(name));
  const numbered = sorted.filter((name) => !unnumbered.includes(name));
  return [
    ...unnumbered.map((name) => `migrations/${name} is not named like 0001-what-it-does.sql`),
    ...numbered.flatMap((name, index) => {
      const expected = String(index + 1).padStart(4, '0');
      return name.startsWith(`${expected}-`) ? [] : [`migrations/${name} stands where ${expected}- should`];
    }),
  ];
}

function topLevelOffences(names: readonly string[]): string[] {
  return names
    .filter((name) => !name.startsWith('.') && !GENERATED.test(name) && !TOP_LEVEL.includes(name))
    .map((name) => `${name} does not belong at the top of the repository`);
}

// The repository -------------------------------------------------------------------------------------------

function filesUnder(folder: string): string[] {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function readDependencies(): string[] {
  const manifest = JSON.parse(readText('package.json')) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
}

describe('the repository', () => {
  const files = filesUnder('src')
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
    .map((path) => source(path, readText(path)));
  const dependencies = readDependencies();
  const complete = files.some((file) => file.path === 'src/main.ts');

  it('has arrows that point one way only', () => expect(arrowOffences(files)).toEqual([]));
  it('has no cycles among its files', () => expect(cycleOffences(files)).toEqual([]));
  it('has no default exports', () => expect(defaultExportOffences(files)).toEqual([]));
  it('has no barrels', () => expect(barrelOffences(files)).toEqual([]));
  it('has one owner for each package', () => expect(ownerOffences(files)).toEqual([]));
  it('keeps clock, chance and machine out of pure code', () => expect(purityOffences(files)).toEqual([]));
  it('declares every package it imports', () => expect(undeclaredOffences(files, dependencies)).toEqual([]));
  it.runIf(complete)('imports every package it declares', () =>
    expect(unusedOffences(files, dependencies)).toEqual([]),
  );
  it('names every dependency in README.md', () => {
    const readme = existsSync(join(root, 'README.md')) ? readText('README.md') : null;
    expect(readmeOffences(readme, dependencies)).toEqual([]);
  });
  it('numbers its migrations without gaps', () => {
    const folder = join(root, 'migrations');
    expect(migrationOffences(existsSync(folder) ? readdirSync(folder) : [])).toEqual([]);
  });
  it('keeps its top level tidy', () => expect(topLevelOffences(readdirSync(root))).toEqual([]));
});

// The rules themselves: each is shown what it must catch, and what it must let pass --------------------------

function tree(contents: Record<string, string>): Source[] {
  return Object.entries(contents).map(([path, text]) => source(path, text));
}

describe('reading imports', () => {
  it('finds every form of import', () => {
    const file = source(
      'src/main.ts',
      [
        `import a from 'a';`,
        `import type { B } from 'b';`,
        `import { type C } from 'c';`,
        `import 'd';`,
        `export { e } from 'e';`,
        `export type { F } from 'f';`,
        `export * from 'g';`,
        `const h = await import('h');`,
        'const i = () => import(`i`);',
        `type J = import('j').J;`,
        `import k = require('k');`,
        `const l = require('l');`,
        `const m = await import(name);`,
      ].join('\n'),
    );
    expect(importsOf(file).map(({ name, typeOnly, line }) => [line, name, typeOnly])).toEqual([
      [1, 'a', false],
      [2, 'b', true],
      [3, 'c', false],
      [4, 'd', false],
      [5, 'e', false],
      [6, 'f', true],
      [7, 'g', false],
      [8, 'h', false],
      [9, 'i', false],
      [10, 'j', true],
      [11, 'k', false],
      [12, 'l', false],
      [13, null, false],
    ]);
  });

  it.each([
    ['zod', 'zod'],
    ['zod/v4', 'zod'],
    ['@scope/name', '@scope/name'],
    ['@scope/name/sub/path', '@scope/name'],
    ['node:fs', null],
    ['fs/promises', null],
    ['./a.js', null],
    ['../a.js', null],
  ])('%s belongs to package %s', (name, expected) => expect(packageOf(name)).toBe(expected));
});

describe('the rule of arrows', () => {
  it.each([
    ['src/law/a.ts', `import { x } from '../case/b.js';`, "src/law/a.ts:1 imports '../case/b.js'"],
    ['src/case/a.ts', `import type { X } from '../letters/b.js';`, 'not letters'],
    ['src/letters/a.ts', `export { x } from '../io/b.js';`, 'not io'],
    ['src/import/a.ts', `import { x } from '../export/b.js';`, 'not export'],
    ['src/report/a.ts', `import { x } from '../letters/b.js';`, 'not letters'],
    ['src/io/a.ts', `const x = await import('../letters/b.js');`, 'not letters'],
    ['src/io/deep/a.ts', `import { x } from '../../context.js';`, 'not context.ts'],
    ['src/terminal/a.ts', `import { x } from '../io/b.js';`, 'not io'],
    ['src/context.ts', `import { x } from './commands/b.js';`, 'not commands'],
    ['src/commands/a.ts', `import { x } from './b.js';`, 'not commands'],
    ['src/commands/a.ts', `type X = import('../io/b.js').X;`, 'not io'],
    ['src/commands/a.ts', `import { x } from '../context.js';`, 'may only `import type` from context.ts'],
    ['src/commands/a.ts', `import { type X } from '../context.js';`, 'may only `import type`'],
    ['src/program/a.ts', `import { start } from '../main.js';`, 'not main.ts'],
    ['src/law/a.ts', `import x from '../../package.json' with { type: 'json' };`, 'outside src'],
    ['src/main.ts', `import { x } from '../test/b.js';`, 'outside src'],
    ['src/io/a.ts', `import { x } from 'fs';`, "write 'node:fs'"],
    ['src/io/a.ts', `const x = await import(name);`, 'computed name'],
    ['src/misc/a.ts', `export const x = 1;`, 'not in the table of layers'],
    ['src/misc.ts', `export const x = 1;`, 'not in the table of layers'],
  ])('refuses %s: %s', (path, text, message) => {
    expect(arrowOffences(tree({ [path]: text }))).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['src/law/a.ts', `import t from './rates/b.json' with { type: 'json' };`],
    ['src/case/a.ts', `import { x } from '../law/b.js';`],
    ['src/export/a.ts', `import { x } from '../case/b.js'; import { y } from './b.js';`],
    ['src/io/a.ts', `import { x } from 'node:fs'; import { y } from 'zod';`],
    ['src/context.ts', `import { x } from './io/b.js';`],
    ['src/commands/a.ts', `import type { X } from '../context.js'; import { y } from '../terminal/b.js';`],
    ['src/program/a.ts', `import { x } from '../commands/a.js'; import { y } from '../context.js';`],
    ['src/main.ts', `import p from '../package.json' with { type: 'json' }; import './program/a.js';`],
  ])('lets %s: %s', (path, text) => expect(arrowOffences(tree({ [path]: text }))).toEqual([]));
});

describe('the rule against cycles', () => {
  it('names the whole circle', () => {
    const files = tree({
      'src/law/a.ts': `import { b } from './b.js';`,
      'src/law/b.ts': `export { c } from './c.js';`,
      'src/law/c.ts': `import type { A } from './a.js';`,
    });
    expect(cycleOffences(files)).toEqual([
      'cycle: src/law/a.ts → src/law/b.ts → src/law/c.ts → src/law/a.ts',
    ]);
  });

  it('sees a file that imports itself', () => {
    expect(cycleOffences(tree({ 'src/law/a.ts': `import { a } from './a.js';` }))).toHaveLength(1);
  });

  it('lets two roads lead to one file', () => {
    const files = tree({
      'src/law/a.ts': `import './b.js'; import './c.js';`,
      'src/law/b.ts': `import './d.js';`,
      'src/law/c.ts': `import './d.js';`,
      'src/law/d.ts': `export const d = 1;`,
    });
    expect(cycleOffences(files)).toEqual([]);
  });
});

describe('the rule against default exports', () => {
  it.each([
    'export default 1;',
    'export default function f() {}',
    'export default class {}',
    'const a = 1; export { a as default };',
    `export { default } from './b.js';`,
    `export * as default from './b.js';`,
  ])('refuses %s', (text) => {
    expect(defaultExportOffences(tree({ 'src/law/a.ts': text }))).toEqual([
      'src/law/a.ts:1 has a default export; export by name',
    ]);
  });

  it('lets named exports pass', () => {
    const text = `import x from './x.json' with { type: 'json' }; export const y = x; export { x };`;
    expect(defaultExportOffences(tree({ 'src/law/a.ts': text }))).toEqual([]);
  });
});

describe('the rule against barrels', () => {
  it.each([
    `export * from './b.js';`,
    `export { b } from './b.js'; export type { C } from './c.js';`,
    `import { b } from './b.js'; export { b };`,
  ])('refuses %s', (text) => {
    expect(barrelOffences(tree({ 'src/law/a.ts': text }))).toEqual([
      'src/law/a.ts only re-exports; import from where things are declared',
    ]);
  });

  it.each(['', `import './b.js';`, `export { b } from './b.js'; export const c = 1;`])('lets %j', (text) =>
    expect(barrelOffences(tree({ 'src/law/a.ts': text }))).toEqual([]),
  );
});

describe('the rule of one owner for each package', () => {
  it('refuses two owners, also when one only wants a type', () => {
    const files = tree({
      'src/io/a.ts': `import { x } from 'saxes';`,
      'src/import/b.ts': `import type { X } from 'saxes/sub';`,
    });
    expect(ownerOffences(files)).toEqual([
      "'saxes' has 2 owners, and may have one: src/io/a.ts, src/import/b.ts",
    ]);
  });

  it.each([
    ['src/case/a.ts', 'dayjs'],
    ['src/law/dates.ts', 'decimal.js'],
    ['src/letters/view.ts', 'handlebars'],
    ['src/commands/list.ts', 'chalk'],
    ['src/commands/list.ts', 'fast-string-width'],
    ['src/terminal/tables.ts', '@inquirer/prompts'],
    ['src/terminal/tables.ts', 'commander'],
    ['src/letters/view.ts', 'zod/v4'],
  ])('refuses %s the use of %s', (path, name) => {
    expect(ownerOffences(tree({ [path]: `const x = await import('${name}');` }))).toEqual([
      expect.stringContaining(`${path}:1 imports '${packageOf(name)}', which belongs to`),
    ]);
  });

  it('refuses a second owner in the right folder', () => {
    const files = tree({
      'src/terminal/a.ts': `import chalk from 'chalk';`,
      'src/terminal/b.ts': `import chalk from 'chalk';`,
    });
    expect(ownerOffences(files)).toHaveLength(1);
  });

  it('lets commander and zod be shared within their own places', () => {
    const files = tree({
      'src/program/a.ts': `import { Command } from 'commander';`,
      'src/commands/a.ts': `import { Command } from 'commander';`,
      'src/import/a.ts': `import { z } from 'zod';`,
      'src/io/a.ts': `import { z } from 'zod/v4';`,
      'src/law/rates.ts': `import { z } from 'zod';`,
      'src/law/dates.ts': `import dayjs from 'dayjs'; import utc from 'dayjs/plugin/utc.js';`,
    });
    expect(ownerOffences(files)).toEqual([]);
  });
});

describe('the rule of purity', () => {
  it.each([
    ['new Date()', 'new Date'],
    ["new Date('2026-01-01')", 'new Date'],
    ['Date()', 'Date'],
    ['Date.now()', 'Date.now'],
    ['[1].map(Date.now)', 'Date.now'],
    ["Date['now']()", 'Date'],
    ['Math.random()', 'Math.random'],
    ["Math['random']()", 'Math.random'],
    ['crypto.randomUUID()', 'crypto'],
    ['process.env.HOME', 'process'],
    ['{ process }', 'process'],
    ['performance.now()', 'performance'],
    ['globalThis.Date', 'globalThis'],
  ])('refuses %s in each pure layer', (expression, what) => {
    for (const layer of PURE_LAYERS) {
      const path = `src/${layer}/a.ts`;
      expect(purityOffences(tree({ [path]: `export const x = ${expression};` }))).toEqual([
        `${path}:1 uses ${what}; ${layer} is given what it needs`,
      ]);
    }
  });

  it.each([`import { createHash } from 'node:crypto';`, `const fs = await import('fs');`])(
    'refuses %s',
    (text) =>
      expect(purityOffences(tree({ 'src/letters/a.ts': text }))).toEqual([
        expect.stringContaining('letters knows nothing of the machine'),
      ]),
  );

  it.each(['dayjs()', 'dayjs.utc()'])('refuses %s as a clock', (call) => {
    const text = `import dayjs from 'dayjs';\nexport const x = ${call};`;
    expect(purityOffences(tree({ 'src/law/dates.ts': text }))).toEqual([
      `src/law/dates.ts:2 uses ${call} as a clock; pass the date in`,
    ]);
  });

  it.each([
    'export const x = (d: Date): boolean => d instanceof Date;',
    'export const x = Date.UTC(2026, 0, 1);',
    'export const x = Math.max(1, 2);',
    'export const x = { process: 1, Date: 2 };',
    'export const x = (row: { process: number }) => row.process;',
    '// new Date() and Math.random() are only words here\nexport const x = "process.env";',
    `import dayjs from 'dayjs'; export const x = (iso: string) => dayjs(iso).year();`,
  ])('lets %s', (text) => expect(purityOffences(tree({ 'src/law/a.ts': text }))).toEqual([]));

  it('leaves the outer layers their machine', () => {
    const text = `import { readFileSync } from 'node:fs'; export const x = [new Date(), process.env.HOME];`;
    expect(purityOffences(tree({ 'src/io/a.ts': text, 'src/context.ts': text }))).toEqual([]);
  });
});

describe('the rules of dependencies', () => {
  const files = tree({ 'src/io/a.ts': `import { z } from 'zod/v4'; import type { P } from '@scope/p/sub';` });

  it('refuses a package that package.json lacks', () => {
    expect(undeclaredOffences(files, ['zod'])).toEqual([
      "src/io/a.ts:1 imports '@scope/p', which is not among package.json's dependencies",
    ]);
    expect(undeclaredOffences(files, ['zod', '@scope/p'])).toEqual([]);
  });

  it('refuses a package that nobody imports', () => {
    expect(unusedOffences(files, ['zod', '@scope/p', 'chalk'])).toEqual([
      "package.json depends on 'chalk', which no file in src imports",
    ]);
    expect(unusedOffences(files, ['zod', '@scope/p'])).toEqual([]);
  });

  it('wants every package in README.md', () => {
    const readme =
      '# inkasso\n\n| Pakke | Til |\n| --- | --- |\n| `zod` | validering |\n| `@scope/p` | mer |\n';
    expect(readmeOffences(readme, ['zod', '@scope/p'])).toEqual([]);
    expect(readmeOffences(readme, ['zod', 'chalk'])).toEqual([
      "README.md has no row for 'chalk' in its table of dependencies",
    ]);
    expect(readmeOffences('We use `zod`.', ['zod'])).toEqual([
      expect.stringContaining('has no table of dependencies'),
    ]);
    expect(readmeOffences(null, ['zod'])).toEqual([expect.stringContaining('README.md is missing')]);
  });
});

describe('the rule of migrations', () => {
  it.each([
    [['0002-b.sql'], ['migrations/0002-b.sql stands where 0001- should']],
    [['0001-a.sql', '0003-c.sql'], ['migrations/0003-c.sql stands where 0002- should']],
    [['0001-a.sql', '0001-b.sql'], ['migrations/0001-b.sql stands where 0002- should']],
    [['0001-a.sql', 'fix.sql'], ['migrations/fix.sql is not named like 0001-what-it-does.sql']],
    [[], []],
    [['0002-b.sql', '0001-a.sql', 'hashes.json'], []],
  ])('%j gives %j', (names, expected) => expect(migrationOffences(names)).toEqual(expected));
});

describe('the rule of the top level', () => {
  it('refuses strangers and lets the listed, the hidden and the generated be', () => {
    expect(
      topLevelOffences([...TOP_LEVEL, '.ci', '.gitignore', 'node_modules', 'dist', 'inkasso-demo', 'docs']),
    ).toEqual(['docs does not belong at the top of the repository']);
  });
});

describe('reading the repository', () => {
  it('reads the files that are there', () => {
    const here = relative(root, fileURLToPath(import.meta.url))
      .split(sep)
      .join('/');
    expect(filesUnder(dirname(here))).toContain(here);
    expect(filesUnder('no-such-folder')).toEqual([]);
    expect(readDependencies()).toContain('zod');
  });
});
