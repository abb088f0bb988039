/**
 * Looks for words in what somebody may see. Of very many matches the newest thousand are ranked: a word that half of the
 * workspace holds narrows nothing, and its every place would have to be weighed. A word in the title weighs most.
 */
import { sql } from 'kysely';
import type { SearchResult } from '../../wire/search.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listProjects } from '../projects/queries.ts';
import { findToDo } from '../to-dos/queries.ts';
import { presentProject, presentSubject, presentToDo } from './present.ts';
import type { SearchTables } from './schema.ts';
import { toDoKeyOf, wordsOf } from './words.ts';

const rankedMax = 1000;

type Hit = SearchTables['search_entries'];

export async function search(
  workspace: Workspace,
  viewer: Viewer,
  query: string,
  max: number,
): Promise<SearchResult[]> {
  const { db } = workspace;
  const projects = new Map((await listProjects(db, viewer)).map((project) => [project.row.id, project]));
  if (projects.size === 0) return [];
  const named = await findByKey(db, [...projects.values()], query);
  const words = wordsOf(query);
  const hits = words.length === 0 ? [] : await findHits(workspace, [...projects.keys()], words, max);
  const found = await readHits(db, projects, hits, words);
  const others = named ? found.filter((each) => !isSame(each, named)) : found;
  return [...(named ? [named] : []), ...others].slice(0, max);
}

const isSame = (one: SearchResult, other: SearchResult): boolean =>
  one.kind === 'toDo' && other.kind === 'toDo' && one.projectKey === other.projectKey && one.number === other.number;

async function findByKey(
  db: Executor,
  projects: readonly SeenProject[],
  query: string,
): Promise<SearchResult | undefined> {
  const key = toDoKeyOf(query);
  const project = projects.find(({ row }) => row.key === key?.key);
  const row = key && project && (await findToDo(db, project, key.number));
  return row && presentToDo(project, row, null, []);
}

/** The best first. A to-do and its comments may be there several times, so there are more than asked for. */
async function findHits(
  { db, dialect }: Workspace,
  projectIds: readonly string[],
  words: readonly string[],
  max: number,
): Promise<Hit[]> {
  const columns = sql`e.id, e.kind, e.subject_id, e.to_do_id, e.project_id`;
  const query =
    dialect === 'postgres'
      ? sql<Hit>`
          select * from (
            select ${columns}, ts_rank(e.words, query) as score
            from search_entries e, to_tsquery('simple', ${words.map(postgresWord).join(' & ')}) query
            where e.words @@ query and e.project_id in (${sql.join(projectIds)})
            order by e.id desc limit ${rankedMax}
          ) newest order by score desc, id desc limit ${max * 4}`
      : sql<Hit>`
          select * from (
            select ${columns}, bm25(search_words, 10, 1) as score
            from search_words join search_entries e on e.id = search_words.rowid
            where search_words match ${words.map(sqliteWord).join(' ')} and e.project_id in (${sql.join(projectIds)})
            order by search_words.rowid desc limit ${rankedMax}
          ) newest order by score, id desc limit ${max * 4}`;
  return (await query.execute(db)).rows;
}

// Words hold letters and digits alone, so nothing in them is a sign of the query languages.
const postgresWord = (word: string, index: number, all: readonly string[]): string =>
  index === all.length - 1 ? `${word}:*` : word;
const sqliteWord = (word: string, index: number, all: readonly string[]): string =>
  index === all.length - 1 ? `"${word}"*` : `"${word}"`;

async function readHits(
  db: Executor,
  projects: ReadonlyMap<string, SeenProject>,
  hits: readonly Hit[],
  words: readonly string[],
): Promise<SearchResult[]> {
  const idsOf = (...kinds: readonly Hit['kind'][]): string[] =>
    hits.filter(({ kind }) => kinds.includes(kind)).map(({ subject_id }) => subject_id);
  const toDoIds = [...new Set(hits.flatMap(({ to_do_id }) => to_do_id ?? []))];
  const toDos = await readRows(toDoIds, (ids) =>
    db
      .selectFrom('to_dos')
      .select(['id', 'number', 'title', 'description', 'completed_at'])
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .execute(),
  );
  const comments = await readRows(idsOf('comment'), (ids) =>
    db.selectFrom('comments').select(['id', 'body']).where('id', 'in', ids).execute(),
  );
  const milestones = await readRows(idsOf('milestone'), (ids) =>
    db.selectFrom('milestones').select(['id', 'title', 'description']).where('id', 'in', ids).execute(),
  );
  const goals = await readRows(idsOf('goal'), (ids) =>
    db.selectFrom('goals').select(['id', 'title', 'description']).where('id', 'in', ids).execute(),
  );
  const told = new Set<string>();
  return hits.flatMap((hit): SearchResult[] => {
    const project = projects.get(hit.project_id);
    const subject = hit.to_do_id ?? hit.subject_id;
    if (!project || told.has(subject)) return [];
    told.add(subject);
    if (hit.kind === 'project') return [presentProject(project, words)];
    const toDo = hit.to_do_id === null ? undefined : toDos.get(hit.to_do_id);
    if (toDo) return [presentToDo(project, toDo, comments.get(hit.subject_id)?.body ?? null, words)];
    const row = hit.kind === 'milestone' ? milestones.get(hit.subject_id) : goals.get(hit.subject_id);
    return row && (hit.kind === 'milestone' || hit.kind === 'goal')
      ? [presentSubject(project, hit.kind, row, words)]
      : [];
  });
}

/** By id. PostgreSQL takes no empty list. */
async function readRows<Row extends { readonly id: string }>(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  return new Map(ids.length === 0 ? [] : (await read(ids)).map((row) => [row.id, row]));
}
