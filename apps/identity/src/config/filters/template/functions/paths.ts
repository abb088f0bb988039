/** Parts of file and URL paths. On the systems Gatehouse runs on, both kinds of path are alike. */
import { posix } from 'node:path';
import { type Functions, onText } from './arguments.ts';

const base = onText((path) => posix.basename(path) || (path.startsWith('/') ? '/' : '.'));
const dir = onText((path) => posix.dirname(path));
const ext = onText((path) => /\.[^./]*$/.exec(path)?.[0] ?? '');
const clean = onText((path) => {
  const normal = posix.normalize(path);
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
});
const isAbs = onText((path) => posix.isAbsolute(path));

export const pathFunctions: Functions = {
  base,
  dir,
  ext,
  clean,
  isAbs,
  osBase: base,
  osDir: dir,
  osExt: ext,
  osClean: clean,
  osIsAbs: isAbs,
};
