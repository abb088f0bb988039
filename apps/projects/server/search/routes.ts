/** The API of searching. */
import { Hono } from 'hono';
import { type SearchAnswer, searchQuery } from '../../wire/search.ts';
import { type ApiEnv, answerRefusal, readQuery } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { search } from './queries.ts';

const resultsDefault = 20;

export function searchRoutes(workspace: Workspace): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get('/search', async (c) => {
    const read = readQuery(c, searchQuery);
    if (isRefusal(read)) return answerRefusal(c, read);
    const { q, max = resultsDefault } = read.body;
    return c.json({ results: await search(workspace, c.get('person'), q, max) } satisfies SearchAnswer);
  });
}
