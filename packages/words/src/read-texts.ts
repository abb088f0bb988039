/**
 * The sentences that an application says, by feature: the first folder or file below each of its source folders. For tests
 * and for the command that keeps dictionaries in step; it reads files and runs nothing of the application.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Features } from './check.ts';
import { extractTexts } from './extract.ts';

export type ReadTexts = {
  /** In the order of the sources, each once a feature. */
  readonly texts: Features<readonly string[]>;
  /** `file:line` of each call whose sentence is no literal. */
  readonly unreadable: readonly string[];
};

export async function readTexts(folders: readonly string[], properties: readonly string[] = []): Promise<ReadTexts> {
  const texts: Record<string, string[]> = {};
  const unreadable: string[] = [];
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).filter((name) =>
      /(?<!\.(?:test|suite|testing))\.tsx?$/.test(name),
    );
    for (const name of names.sort()) {
      const found = extractTexts(await readFile(join(folder, name), 'utf8'), properties);
      unreadable.push(...found.unreadableLines.map((line) => `${join(folder, name)}:${line}`));
      if (found.texts.length === 0) continue;
      const feature = (name.split(sep)[0] ?? name).replace(/\.tsx?$/, '');
      texts[feature] = [...new Set([...(texts[feature] ?? []), ...found.texts])];
    }
  }
  return { texts, unreadable };
}
