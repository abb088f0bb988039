/**
 * What the files say before anyone asks what it means: plain values, and for each path the place it was written. Layers are
 * laid over one another here: maps merge key by key, lists and values are replaced whole.
 */
import type { Path, Place } from '../problem.ts';

export type TreeValue = string | number | boolean | TreeValue[] | TreeMap;
export type TreeMap = { [key: string]: TreeValue };

export type Tree = {
  readonly root: TreeMap;
  /** By `pathKey`. Every path of the tree has an entry, the root too. */
  readonly places: Map<string, Place>;
};

export function emptyTree(): Tree {
  return { root: {}, places: new Map() };
}

export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

export function isMap(value: TreeValue | undefined): value is TreeMap {
  return typeof value === 'object' && !Array.isArray(value);
}

export function valueAt(tree: Tree, path: Path): TreeValue | undefined {
  let value: TreeValue | undefined = tree.root;
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part];
    else if (isMap(value) && typeof part === 'string' && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/** The place of the nearest ancestor that was written, the path itself first. */
export function placeOf(tree: Tree, path: Path): Place | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const place = tree.places.get(pathKey(path.slice(0, length)));
    if (place) return place;
  }
  return undefined;
}

/** Lays `over` on `base`, which is changed. */
export function overlay(base: Tree, over: Tree): void {
  if (!base.places.has(pathKey([]))) copyPlace(base, over, []);
  overlayMap(base, base.root, over, over.root, []);
}

function overlayMap(base: Tree, target: TreeMap, over: Tree, source: TreeMap, path: Path): void {
  for (const [key, value] of Object.entries(source)) {
    const here = [...path, key];
    const existing = target[key];
    if (isMap(existing) && isMap(value)) {
      overlayMap(base, existing, over, value, here);
      continue;
    }
    forgetPlaces(base, here);
    target[key] = structuredClone(value);
    for (const below of pathsOf(value, here)) copyPlace(base, over, below);
  }
}

function copyPlace(base: Tree, over: Tree, path: Path): void {
  const place = over.places.get(pathKey(path));
  if (place) base.places.set(pathKey(path), place);
}

/** Sets one value and makes the maps on the way. Answers whether that was possible. */
export function setAt(tree: Tree, path: Path, value: TreeValue, place: Place): boolean {
  let container: TreeValue = tree.root;
  for (const [index, part] of path.slice(0, -1).entries()) {
    const here = path.slice(0, index + 1);
    let next: TreeValue | undefined = valueAt(tree, here);
    if (next === undefined && isMap(container) && typeof part === 'string') {
      next = {};
      container[part] = next;
      tree.places.set(pathKey(here), place);
    }
    if (typeof next !== 'object') return false;
    container = next;
  }
  const last = path.at(-1);
  if (!isMap(container) || typeof last !== 'string') return false;
  forgetPlaces(tree, path);
  container[last] = value;
  for (const below of pathsOf(value, path)) tree.places.set(pathKey(below), place);
  return true;
}

/** Removes a value, its place and whatever stands below it. */
export function removeAt(tree: Tree, path: Path): void {
  const container = valueAt(tree, path.slice(0, -1));
  const last = path.at(-1);
  if (isMap(container) && typeof last === 'string') delete container[last];
  forgetPlaces(tree, path);
}

function forgetPlaces(tree: Tree, path: Path): void {
  const value = valueAt(tree, path);
  if (value === undefined) tree.places.delete(pathKey(path));
  else for (const below of pathsOf(value, path)) tree.places.delete(pathKey(below));
}

/** The path itself and all below it. */
export function* pathsOf(value: TreeValue, path: Path): Generator<Path> {
  yield path;
  if (Array.isArray(value)) for (const [index, entry] of value.entries()) yield* pathsOf(entry, [...path, index]);
  else if (isMap(value)) for (const [key, entry] of Object.entries(value)) yield* pathsOf(entry, [...path, key]);
}
