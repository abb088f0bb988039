/**
 * What history calls a thing that is gone and left no name. The API says it in English, in place of the name; pages say it in
 * the reader's language.
 */
import { marked } from '@gatehouse/words/say.ts';

export const former = {
  status: marked('a former status'),
  tag: marked('a former tag'),
  milestone: marked('a former milestone'),
  sprint: marked('a former sprint'),
  toDo: marked('a former to-do'),
} as const;
