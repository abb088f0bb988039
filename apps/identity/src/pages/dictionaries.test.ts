import { fileURLToPath } from 'node:url';
import { dictionariesSuite } from '@gatehouse/words/dictionaries.suite.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

dictionariesSuite({
  name: 'the portal',
  sources: [at('..')],
  dictionaries: at('../../words'),
  languages: ['de', 'es', 'fr'],
});
