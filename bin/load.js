'use strict';
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

/**
 * Loads what the build has made. Its files are packs: objects that hold chunks of the program by name, each a function
 * with the arguments of a CommonJS module, or for a chunk of another pack that pack's name. What nearly every verb uses
 * lies in few packs, and beside each lies what V8 made of it while the build tried those verbs. That spares most of the
 * time it takes to find, read and compile the forty files it would be else.
 */
const dist = join(__dirname, '../dist');

/** Parts of Node that take long to open and that most verbs never ask for. */
const OPENED_LATE = ['node:child_process', 'node:crypto', 'node:tty'];

/** Of the file before V8's data: a checksum of the source, and one of the data. */
const SUMS = 8;

const chunks = new Map();
const modules = new Map();
const scripts = new Map();

/** A chunk by its name, or a package: what `require` is to the chunks. */
function load(name) {
  if (!name.startsWith('./')) return OPENED_LATE.includes(name) ? openedLate(require, name) : require(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  chunkOf(name)(module.exports, load, module, join(dist, name), dist);
  return module.exports;
}

/** A package that is loaded when it is used: a script that is compiled like this has no `import` of its own. */
load.import = (name) => import(name);

/** A chunk that no pack is known to have lies in one of its own name. */
function chunkOf(name) {
  const chunk = chunks.get(name) ?? name;
  if (typeof chunk !== 'string') return chunk;
  const script = compile(join(dist, chunk));
  scripts.set(chunk, script);
  for (const [held, what] of Object.entries(script.runInThisContext())) chunks.set(held, what);
  return chunks.get(name);
}

/** A chunk that takes long to open and that most verbs never use. */
load.late = (name) => openedLate(load, name);

/** Stands for what takes long to open until something of it is asked for. */
function openedLate(open, name) {
  return new Proxy({}, { get: (_none, key) => (key === '__esModule' ? undefined : open(name)[key]) });
}

/** A pack as V8 has it: from its data where they belong to this very source and this V8, else compiled anew. */
function compile(filename) {
  const source = readFileSync(filename);
  const cachedData = compiledBefore(filename, source);
  return new Script(source.latin1Slice(), { filename, ...(cachedData === null ? {} : { cachedData }) });
}

/** Null where there is nothing, or not for this source. V8 asks only how long the source is; a checksum tells more. */
function compiledBefore(filename, source) {
  const kept = readIfThere(compiledName(filename));
  const data = kept.subarray(SUMS);
  return kept.length > SUMS && sumsOf(source, data).equals(kept.subarray(0, SUMS)) ? data : null;
}

function readIfThere(file) {
  try {
    if (existsSync(file)) return readFileSync(file);
  } catch {
    // What cannot be read is done without.
  }
  return Buffer.alloc(0);
}

function sumsOf(source, data) {
  const sums = Buffer.alloc(SUMS);
  sums.writeUInt32LE(crc32(source), 0);
  sums.writeUInt32LE(crc32(data), 4);
  return sums;
}

function compiledName(filename) {
  return filename.replace(/\.cjs$/, '.v8');
}

/** Keeps what V8 has made of a pack so far beside it, functions that have been used among it. */
function keepCompiled(pack) {
  const filename = join(dist, pack);
  const data = scripts.get(pack).createCachedData();
  writeFileSync(compiledName(filename), Buffer.concat([sumsOf(readFileSync(filename), data), data]));
}

module.exports = { load, keepCompiled };
