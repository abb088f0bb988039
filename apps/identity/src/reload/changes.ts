/**
 * What two configurations differ in, by key, as they were written: never a value. Applications go by their id, because their
 * place in the list says nothing. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { dottedKey, type Path } from '../config/problem.ts';
import { isMap, type TreeMap, type TreeValue } from '../config/source/tree.ts';

export type Changes = {
  /** Dotted, without those below a client. */
  readonly keys: readonly string[];
  readonly clientsAdded: readonly string[];
  readonly clientsRemoved: readonly string[];
  readonly clientsChanged: readonly string[];
};

const clientsPath: Path = ['identity_providers', 'oidc', 'clients'];

export function changesBetween(former: TreeMap, next: TreeMap): Changes {
  const [before, after] = [clientsOf(former), clientsOf(next)];
  return {
    keys: differences([], former, next),
    clientsAdded: [...after.keys()].filter((id) => !before.has(id)),
    clientsRemoved: [...before.keys()].filter((id) => !after.has(id)),
    clientsChanged: [...after].flatMap(([id, client]) =>
      before.has(id) && !isDeepStrictEqual(before.get(id), client) ? [id] : [],
    ),
  };
}

function differences(path: Path, former: TreeValue | undefined, next: TreeValue | undefined): string[] {
  if (isDeepStrictEqual(path, clientsPath) || isDeepStrictEqual(former, next)) return [];
  if (isMap(former) && isMap(next)) {
    const names = new Set([...Object.keys(former), ...Object.keys(next)]);
    return [...names].flatMap((name) => differences([...path, name], ownValue(former, name), ownValue(next, name)));
  }
  if (Array.isArray(former) && Array.isArray(next) && former.length === next.length && former.every(isMap))
    return former.flatMap((entry, index) => differences([...path, index], entry, next[index]));
  return [dottedKey(path)];
}

function clientsOf(root: TreeMap): Map<string, TreeValue> {
  let value: TreeValue | undefined = root;
  for (const part of clientsPath) value = isMap(value) ? ownValue(value, String(part)) : undefined;
  const clients = Array.isArray(value) ? value : [];
  return new Map(clients.map((client) => [isMap(client) ? String(client.client_id) : '', client]));
}

function ownValue(map: TreeMap, name: string): TreeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
