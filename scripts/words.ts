/**
 * `npm run words`: brings the dictionaries in step with the sources. New sentences are added empty, for somebody to translate;
 * sentences that nothing says any more are removed; the order is that of the sources. It translates nothing.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDictionaries } from '@gatehouse/words/read-dictionaries.ts';
import { readTexts } from '@gatehouse/words/read-texts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const languages = ['de', 'es', 'fr'];
const applications: readonly {
  readonly dictionaries: string;
  readonly sources: readonly string[];
  readonly properties?: readonly string[];
}[] = [
  { dictionaries: 'apps/identity/words', sources: ['apps/identity/src'] },
  {
    dictionaries: 'apps/projects/words',
    sources: ['apps/projects/server', 'apps/projects/wire', 'apps/projects/client/src'],
    properties: ['what', 'why', 'todo', 'words', 'message'],
  },
];

for (const application of applications) {
  // An application begins to be translated when somebody makes this folder.
  if (!existsSync(join(root, application.dictionaries))) continue;
  const { texts, unreadable } = await readTexts(
    application.sources.map((each) => join(root, each)),
    application.properties,
  );
  for (const place of unreadable) console.error(`${place}: the sentence is no literal`);
  const folder = join(root, application.dictionaries);
  for (const language of languages) await mkdir(join(folder, language), { recursive: true });
  const known = await readDictionaries(folder);
  for (const language of languages) {
    const features = known[language] ?? {};
    const everything: Record<string, string> = Object.assign({}, ...Object.values(features));
    let missing = 0;
    for (const [feature, said] of Object.entries(texts)) {
      const dictionary = Object.fromEntries(
        said.map((text) => [text, features[feature]?.[text] || everything[text] || '']),
      );
      missing += Object.values(dictionary).filter((each) => each === '').length;
      await writeFile(join(folder, language, `${feature}.json`), `${JSON.stringify(dictionary, null, 2)}\n`);
    }
    for (const feature of Object.keys(features))
      if (!texts[feature]) await rm(join(folder, language, `${feature}.json`));
    console.log(`${application.dictionaries}/${language}: ${missing} to translate`);
  }
}
