/**
 * The words of other languages, while the client is built. Ours come in two parts: what the first page says, found by
 * following its imports, and the rest. React Aria brings its own in 30 languages beside each component, a fifth of the whole:
 * only English stays there, and those of another language come with the rest of our words in it.
 */
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractTexts } from '@gatehouse/words/extract.ts';
import { readDictionaries } from '@gatehouse/words/read-dictionaries.ts';

export function dropForeignWords(): { name: string; enforce: 'pre'; load(id: string): string | undefined } {
  const foreign =
    /\/intl\/[^?]*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$|\/react-aria-components\/[^?]*\/intl\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/;
  return {
    name: 'drop-foreign-words',
    enforce: 'pre',
    load: (id) => (foreign.test(id) ? 'export default undefined;' : undefined),
  };
}

const prefix = 'virtual:aria-words/';

/** `virtual:aria-words/de-DE`: the words of all its packages in one language, by the name under which they are looked for. */
export function ariaWords(nodeModules: string): {
  name: string;
  resolveId(id: string): string | undefined;
  load(id: string): Promise<string | undefined>;
} {
  return {
    name: 'aria-words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const locale = id.slice(prefix.length + 1);
      const packages = [
        ...(await packagesOf(nodeModules, 'react-aria')),
        ...(await packagesOf(nodeModules, 'react-stately')),
        { name: 'react-aria-components', folder: join(nodeModules, 'react-aria-components', intl) },
      ];
      // The query tells these apart from those beside the components, which are dropped.
      const imports = packages.map(({ folder }, index) => `import w${index} from '${folder}/${locale}.mjs?kept';`);
      const entries = packages.map(({ name }, index) => `'${name}': w${index}`);
      return `${imports.join('\n')}\nexport default { ${entries.join(', ')} };`;
    },
  };
}

const intl = 'dist/private/intl';

async function packagesOf(nodeModules: string, library: string): Promise<{ name: string; folder: string }[]> {
  const folder = join(nodeModules, library, intl);
  const names = await readdir(folder);
  return names.map((name) => ({ name: `@${library}/${name}`, folder: join(folder, name) }));
}

const wordsPrefix = 'virtual:words/';

/** `virtual:words/de/first`, what is said by `entries` and whatever they import at once; `virtual:words/de/rest`, all else. */
export function ownWords(
  folder: string,
  entries: readonly string[],
): { name: string; resolveId(id: string): string | undefined; load(id: string): Promise<string | undefined> } {
  return {
    name: 'own-words',
    resolveId: (id) => (id.startsWith(wordsPrefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${wordsPrefix}`)) return undefined;
      const [language = '', part] = id.slice(wordsPrefix.length + 1).split('/');
      const first = textsOf(entries);
      const said = Object.values((await readDictionaries(folder))[language] ?? {}).flatMap(Object.entries<string>);
      const words = said.filter(([text]) => first.has(text) === (part === 'first'));
      return `export default ${JSON.stringify(Object.fromEntries(words))};`;
    },
  };
}

const staticImport = /^(?:import|export)\s+(?!type\b)[^;]*?from '(\.[^']+\.tsx?)';/gm;

/** The sentences of modules and of all that are loaded with them; what is imported when it is asked for is not followed. */
export function textsOf(entries: readonly string[]): Set<string> {
  const texts = new Set<string>();
  const seen = new Set<string>(entries);
  for (const path of seen) {
    const source = readFileSync(path, 'utf8');
    for (const text of extractTexts(source).texts) texts.add(text);
    for (const [, target = ''] of source.matchAll(staticImport)) seen.add(join(dirname(path), target));
  }
  return texts;
}
