/**
 * The tree as tidy rules see it: the files git knows or would know, and what each source file imports. Reads text only;
 * runs nothing of the project.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export type SourceFile = {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Import specifiers: relative ones resolved to a path from the root, others as written. */
  readonly imports: readonly string[];
};

export function trackedFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return [...new Set(list.toString().split('\0').filter(Boolean))].filter((path) => readable(path));
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function sourceFiles(paths: readonly string[]): SourceFile[] {
  return paths
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => {
      const text = readText(path);
      return { path, text, imports: importsOf(path, text) };
    });
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
  });
}

function readable(path: string): boolean {
  try {
    readFileSync(join(root, path));
    return true;
  } catch {
    return false;
  }
}
