/**
 * Where a redirect URI differs from the registered one that is nearest to it: scheme, host, port, path, query, and within
 * those a trailing slash, upper and lower case, or percent-encoding. Compares the texts themselves, because that is what
 * decides (RFC 9700 section 2.1). Pure.
 */
import { type Marked, shortText } from './refusal.ts';

export type DifferenceKind =
  | 'scheme'
  | 'user name'
  | 'host'
  | 'port'
  | 'path'
  | 'query'
  | 'fragment'
  | 'trailing slash'
  | 'upper and lower case'
  | 'percent-encoding';

export type Difference = {
  readonly sent: Marked;
  readonly registered: Marked;
  readonly kinds: readonly DifferenceKind[];
};

const partNames = ['scheme', 'user name', 'host', 'port', 'path', 'query', 'fragment'] as const;
type PartName = (typeof partNames)[number];
type Parts = Readonly<Record<PartName, string>>;

const uriCharactersMax = 300;
const uriParts =
  /^([A-Za-z][A-Za-z0-9+.-]*:(?:\/\/)?)(?:([^@/?#]*@))?(\[[^\]]*\]|[^:/?#\\]*)(:[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/;
/** How much a difference says that another address is meant, and not this one misspelt. */
const weights: Readonly<Record<DifferenceKind, number>> = {
  host: 100,
  path: 20,
  'user name': 10,
  fragment: 5,
  query: 4,
  port: 3,
  scheme: 3,
  'upper and lower case': 2,
  'percent-encoding': 2,
  'trailing slash': 1,
};

/** The difference to the nearest of them; undefined when none is registered. */
export function nearestDifference(sent: string, registered: readonly string[]): Difference | undefined {
  const all = registered.map((uri) =>
    differenceOf(shortText(sent, uriCharactersMax), shortText(uri, uriCharactersMax)),
  );
  return all.reduce<(typeof all)[number] | undefined>(
    (best, each) => (best === undefined || each.distance < best.distance ? each : best),
    undefined,
  );
}

function differenceOf(sent: string, registered: string): Difference & { readonly distance: number } {
  const [a, b] = [partsOf(sent), partsOf(registered)];
  const differing = partNames.filter((name) => a[name] !== b[name]);
  const kinds = [...new Set(differing.map((name) => kindOf(name, a[name], b[name])))];
  const apart = differing.reduce((sum, name) => sum + markedMiddle(a[name], b[name]).length, 0);
  return {
    sent: markParts(a, b),
    registered: markParts(b, a),
    kinds,
    distance: kinds.reduce((sum, kind) => sum + weights[kind], 0) + apart / 1000,
  };
}

function partsOf(uri: string): Parts {
  const found = uriParts.exec(uri);
  const texts = found ? found.slice(1) : ['', '', '', '', uri, '', ''];
  return Object.fromEntries(partNames.map((name, index) => [name, texts[index] ?? ''])) as Record<PartName, string>;
}

function kindOf(name: PartName, a: string, b: string): DifferenceKind {
  if (a.toLowerCase() === b.toLowerCase()) return 'upper and lower case';
  if (name === 'path' && (a === `${b}/` || b === `${a}/`)) return 'trailing slash';
  if (decoded(a) === decoded(b)) return 'percent-encoding';
  return name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function markParts(own: Parts, other: Parts): Marked {
  const pieces = partNames.flatMap((name) => {
    if (own[name] === other[name]) return [{ text: own[name] }];
    const { before, middle, after } = markedMiddle(own[name], other[name]);
    return [{ text: before }, { text: middle, differs: true }, { text: after }];
  });
  return joined(pieces.filter(({ text }) => text !== ''));
}

/** What is left of `own` when the beginning and the end that both share are taken away. */
function markedMiddle(own: string, other: string) {
  const shorter = Math.min(own.length, other.length);
  let start = 0;
  while (start < shorter && own[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && own[own.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const middle = own.slice(start, own.length - end);
  return { before: own.slice(0, start), middle, after: own.slice(own.length - end), length: middle.length };
}

function joined(pieces: Marked): Marked {
  return pieces.reduce<{ text: string; differs?: boolean }[]>((all, piece) => {
    const last = all.at(-1);
    if (last && (last.differs ?? false) === (piece.differs ?? false)) last.text += piece.text;
    else all.push({ ...piece });
    return all;
  }, []);
}
