/** The parts of the package's own objects that make others of them. */
type Maker = Record<string, (...args: unknown[]) => object>;

const kept: object[] = [];
const watched = new Set<object>();

/**
 * Since 24.19 Node aborts when it collects an object of this version of the package at a time when no JavaScript runs,
 * and the version that is mended does without Node 20. So there they are kept until the program ends; they are few.
 */
export function keptAlive<Opened extends object>(db: Opened, node = process.versions.node): Opened {
  if (Number(node.split('.')[0]) < 24) return db;
  kept.push(db);
  for (const name of Object.getOwnPropertySymbols(db)) {
    const inner: unknown = Reflect.get(db, name);
    if (typeof inner === 'object' && inner !== null) keepWhatComesOf(inner, ['prepare', 'backup']);
  }
  return db;
}

/** How many objects are kept. */
export function keptCount(): number {
  return kept.length;
}

function keepWhatComesOf(object: object, methods: readonly string[]): void {
  const maker = Object.getPrototypeOf(object) as Maker;
  if (watched.has(maker)) return;
  watched.add(maker);
  for (const name of methods) {
    const make = maker[name];
    if (make === undefined) continue;
    maker[name] = function (this: object, ...args: unknown[]): object {
      const made = make.apply(this, args);
      kept.push(made);
      if (name === 'prepare') keepWhatComesOf(made, ['iterate']);
      return made;
    };
  }
}
