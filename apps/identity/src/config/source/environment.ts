/**
 * `AUTHELIA_*` variables as a layer over the files, and `AUTHELIA_*_FILE` for secrets. A variable exists for each key that
 * is neither inside a list nor below a name the administrator chooses.
 */
import { readFileSync } from 'node:fs';
import type { Path, Place, Problem } from '../problem.ts';
import { dottedKey } from '../problem.ts';
import { knownKeys } from '../schema/known-keys.ts';
import { nearest } from '../values/choice.ts';
import { isSecretName } from '../values/secret.ts';
import { deprecatedKeys } from './deprecated.ts';
import type { NoteSource } from './sources.ts';
import { setAt, type Tree, valueAt } from './tree.ts';

const prefix = 'AUTHELIA_';

/** Not offered as files: the first is itself a path, the others only end in a word that sounds secret. */
const withoutFile = /^(server\.tls\.key|identity_providers\.oidc\.(lifespans\..*|.*_lifespan))$/;

export function overlayEnvironment(
  tree: Tree,
  env: Readonly<Record<string, string | undefined>>,
  note: NoteSource = () => {},
): Problem[] {
  const problems: Problem[] = [];
  const keys = variableKeys();
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && name.startsWith(prefix) ? [[name, value] as const] : [],
  );
  for (const [name, value] of variables) {
    const path = keys.get(name);
    const place = placeOfVariable(name);
    if (path) apply(tree, path, value, place, problems);
    else if (!secretPath(name, keys)) problems.push(unknownVariable(name, place, keys));
  }
  for (const [name, file] of variables) {
    const path = keys.has(name) ? undefined : secretPath(name, keys);
    if (!path) continue;
    note(file);
    applySecret(tree, path, file, placeOfVariable(name), problems);
  }
  return problems;
}

export function placeOfVariable(name: string): Place {
  return { file: `environment variable ${name}`, line: 0 };
}

function variableKeys(): Map<string, Path> {
  // An old key may share its variable with its successor: the later entry of the map wins.
  const keys = [...deprecatedKeys, ...knownKeys()].filter((key) => !/[[*]/.test(key));
  return new Map(keys.map((key) => [prefix + key.toUpperCase().replaceAll('.', '_'), key.split('.')]));
}

function secretPath(name: string, keys: ReadonlyMap<string, Path>): Path | undefined {
  const path = name.endsWith('_FILE') ? keys.get(name.slice(0, -'_FILE'.length)) : undefined;
  return path && isSecretName(String(path.at(-1))) && !withoutFile.test(dottedKey(path)) ? path : undefined;
}

function apply(tree: Tree, path: Path, value: string, place: Place, problems: Problem[]): void {
  if (setAt(tree, path, value, place)) return;
  problems.push({
    ...place,
    severity: 'error',
    key: dottedKey(path),
    message: 'A section on the way to this key is not a section in the files.',
    cure: 'Correct the section in the file, or unset the variable.',
  });
}

function applySecret(tree: Tree, path: Path, file: string, place: Place, problems: Problem[]): void {
  const refuse = (message: string, cure: string): void => {
    problems.push({ ...place, severity: 'error', key: dottedKey(path), message, cure });
  };
  if (valueAt(tree, path) !== undefined) {
    refuse('The secret is set twice: by this file and somewhere else.', 'Remove one of the two.');
    return;
  }
  try {
    apply(tree, path, readFileSync(file, 'utf8').replace(/[\r\n]+$/, ''), place, problems);
  } catch {
    refuse(
      'The file that this variable names may not be read.',
      'Name a file that the user running Gatehouse can read.',
    );
  }
}

function unknownVariable(name: string, place: Place, keys: ReadonlyMap<string, Path>): Problem {
  // Without the prefix: its letters would make strangers look alike.
  const near = nearest(
    name.slice(prefix.length),
    [...keys.keys()].map((key) => key.slice(prefix.length)),
  );
  return {
    ...place,
    severity: 'warning',
    key: '',
    message: 'No configuration key has this variable; it is ignored.',
    cure: near ? `Did you mean ${prefix}${near}?` : 'Unset it. Keys inside lists and named sections have no variable.',
  };
}
