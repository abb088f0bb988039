/**
 * One YAML text as a tree with places. Duplicate keys, several documents, unknown tags and aliases that multiply without
 * end are refused. Messages are ours: the library's may quote the text, and the text may hold secrets.
 */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Path, Place, Problem } from '../problem.ts';
import { dottedKey } from '../problem.ts';
import { emptyTree, pathKey, type Tree, type TreeMap, type TreeValue } from './tree.ts';

export type YamlAnswer =
  | { readonly kind: 'read'; readonly tree: Tree }
  | { readonly kind: 'refused'; readonly problems: Problem[] };

/** Aliases count each time they are used, so a small text cannot grow into a large tree. */
const nodesMax = 100_000;
const depthMax = 64;

/** `lineOf` brings a line of the text, from 1, to the line of the file before filters. */
export function readYaml(text: string, file: string, lineOf: (line: number) => number): YamlAnswer {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => ({ file, line: lineOf(Math.max(1, lines.linePos(offset).line)) });
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    uniqueKeys: true,
    stringKeys: false,
    logLevel: 'error',
  });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    return {
      kind: 'refused',
      problems: wrong.map((each) => yamlProblem(placeAt(each.pos[0]), messages[each.code] ?? unreadable)),
    };
  }
  return new Reader(document, placeAt).read();
}

type Words = readonly [message: string, cure: string];

const unreadable: Words = [
  'This is not valid YAML.',
  'Check indentation, quotes and colons here and in the line before.',
];

const messages: Readonly<Record<string, Words>> = {
  DUPLICATE_KEY: ['This key stands twice in the same section.', 'Keep one of the two.'],
  TAB_AS_INDENT: ['A tab is used for indentation.', 'Use spaces.'],
  BAD_INDENT: ['The indentation does not fit the lines around it.', 'Give keys of one section the same indentation.'],
  MISSING_CHAR: ['A quote, bracket or colon is missing.', 'Close what is open here or in the line before.'],
  BAD_SCALAR_START: ['A value starts with a character that has a meaning in YAML.', 'Put the value into quotes.'],
  BAD_DQ_ESCAPE: [
    'A backslash stands before a character that it cannot stand before.',
    'Use single quotes, or double the backslash.',
  ],
  MULTIPLE_DOCS: ['The file holds several YAML documents.', "Keep one document; remove the line '---' between them."],
  TAG_RESOLVE_FAILED: ['A tag (a word after an exclamation mark) is not known.', 'Put the value into quotes.'],
  BAD_ALIAS: [
    'An alias refers to an anchor that is not defined before it.',
    'Define the anchor first, or put the value into quotes.',
  ],
};

class TooLarge extends Error {
  readonly place: Place;
  constructor(place: Place) {
    super('the tree is too large');
    this.place = place;
  }
}

class Reader {
  readonly #document: Document;
  readonly #placeAt: (offset: number) => Place;
  readonly #tree = emptyTree();
  readonly #problems: Problem[] = [];
  #nodes = 0;

  constructor(document: Document, placeAt: (offset: number) => Place) {
    this.#document = document;
    this.#placeAt = placeAt;
  }

  read(): YamlAnswer {
    const root = this.#document.contents;
    try {
      const value = root ? this.#value(root, []) : {};
      if (value !== undefined && (typeof value !== 'object' || Array.isArray(value)))
        this.#refuse(this.#placeAt(0), [], ['The file is not a set of keys.', "Begin with a key, such as 'server:'."]);
      else Object.assign(this.#tree.root, value);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      this.#refuse(
        error.place,
        [],
        [
          'The file grows beyond all measure once its aliases are followed.',
          `Write fewer aliases (*name); at most ${nodesMax} values and ${depthMax} levels are read.`,
        ],
      );
    }
    return this.#problems.length > 0
      ? { kind: 'refused', problems: this.#problems }
      : { kind: 'read', tree: this.#tree };
  }

  /** Undefined for null: an empty key says nothing. */
  #value(node: Node, path: Path, depth = 0): TreeValue | undefined {
    const place = this.#placeAt(node.range?.[0] ?? 0);
    this.#nodes += 1;
    if (this.#nodes > nodesMax || depth > depthMax) throw new TooLarge(place);
    if (!this.#tree.places.has(pathKey(path))) this.#tree.places.set(pathKey(path), place);
    if (isAlias(node)) return this.#value(this.#resolved(node), path, depth + 1);
    if (isMap(node)) return this.#map(node, path, depth);
    if (isSeq(node)) return this.#list(node.items as Node[], path, depth);
    return isScalar(node) ? scalarValue(node.value, node.source) : undefined;
  }

  #map(node: YAMLMap, path: Path, depth: number): TreeMap {
    const map: TreeMap = {};
    const merged: Node[] = [];
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const place = this.#placeAt(pair.key.range?.[0] ?? 0);
      const key = isScalar(pair.key) && pair.key.value !== null ? String(pair.key.value) : undefined;
      if (key === '<<' && pair.value) {
        merged.push(pair.value);
      } else if (key === undefined || key === '__proto__') {
        this.#refuse(place, path, ['A key is not a word.', 'Write the key as plain text.']);
      } else {
        const here = [...path, key];
        this.#tree.places.set(pathKey(here), place);
        const value = pair.value ? this.#value(pair.value, here, depth + 1) : undefined;
        if (value !== undefined) map[key] = value;
      }
    }
    for (const each of merged) this.#merge(map, each, path, depth);
    return map;
  }

  /** YAML merge keys: what the map itself says wins, then the earlier of the merged ones. */
  #merge(map: TreeMap, node: Node, path: Path, depth: number): void {
    const target = isAlias(node) ? this.#resolved(node) : node;
    if (isSeq(target)) {
      for (const each of target.items as Node[]) this.#merge(map, each, path, depth + 1);
    } else if (isMap(target)) {
      for (const [key, value] of Object.entries(this.#map(target, path, depth + 1)))
        if (!Object.hasOwn(map, key)) map[key] = value;
    } else {
      this.#refuse(this.#placeAt(node.range?.[0] ?? 0), path, [
        "'<<' takes a section.",
        'Name an anchor of a section.',
      ]);
    }
  }

  #list(items: readonly Node[], path: Path, depth: number): TreeValue[] {
    return items.map((item, index) => {
      const value = this.#value(item, [...path, index], depth + 1);
      if (value === undefined)
        this.#refuse(this.#placeAt(item.range?.[0] ?? 0), [...path, index], ['This entry is empty.', 'Remove it.']);
      return value ?? '';
    });
  }

  #resolved(alias: Alias): Node {
    const target = alias.resolve(this.#document);
    if (!target) throw new TooLarge(this.#placeAt(alias.range?.[0] ?? 0));
    return target;
  }

  #refuse(place: Place, path: Path, words: Words): void {
    this.#problems.push({ ...yamlProblem(place, words), key: dottedKey(path) });
  }
}

/** A number keeps its spelling where a number cannot hold it: `0022`, `1e400`, twenty digits. */
function scalarValue(value: unknown, source: string | undefined): TreeValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value) === source || source === undefined ? value : source;
  return source ?? String(value);
}

function yamlProblem(place: Place, [message, cure]: Words): Problem {
  return { ...place, severity: 'error', key: '', message, cure };
}
