/**
 * Looks for words in what somebody may see. What few things hold is ranked by how much it says; a word that half of the
 * workspace holds narrows nothing, and weighing it would read its every place: there the newest come, titles first.
 */
import { type RawBuilder, sql } from 'kysely';
import type { SearchResult } from '../../wire/search.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject, listProjectsById, selectSeenIds } from '../projects/queries.ts';
import { findToDo } from '../to-dos/queries.ts';
import { presentProject, presentSubject, presentToDo } from './present.ts';
import type { SearchTables } from './schema.ts';
import { toDoKeyOf, wordsOf } from './words.ts';

/** More matches than this are not weighed. */
const rankedMax = 500;

type Hit = SearchTables['search_entries'];

export async function search(
  workspace: Workspace,
  viewer: Viewer,
  query: string,
  max: number,
): Promise<SearchResult[]> {
  const { db } = workspace;
  const named = await findByKey(db, viewer, query);
  const words = wordsOf(query);
  const hits = words.length === 0 ? [] : await findHits(workspace, selectSeenIds(db, viewer), words, max);
  const seen = await listProjectsById(
    db,
    viewer,
    hits.map(({ project_id }) => project_id),
  );
  const projects = new Map(seen.map((project) => [project.row.id, project]));
  const found = await readHits(db, projects, hits, words);
  const others = named ? found.filter((each) => !isSame(each, named)) : found;
  return [...(named ? [named] : []), ...others].slice(0, max);
}

const isSame = (one: SearchResult, other: SearchResult): boolean =>
  one.kind === 'toDo' && other.kind === 'toDo' && one.projectKey === other.projectKey && one.number === other.number;

async function findByKey(db: Executor, viewer: Viewer, query: string): Promise<SearchResult | undefined> {
  const key = toDoKeyOf(query);
  const project = key && (await findProject(db, viewer, key.key));
  const row = key && project && (await findToDo(db, project, key.number));
  return row && presentToDo(project, row, null, []);
}

/** The best first. A to-do and its comments may be there several times, so there are more than asked for. */
async function findHits(
  { db, dialect }: Workspace,
  projectIds: ProjectIds,
  words: readonly string[],
  max: number,
): Promise<Hit[]> {
  const { weighed, newest, newestTitles } = dialect === 'postgres' ? postgresQueries : sqliteQueries;
  const many = max * 4;
  const recent = (await newest(words, projectIds, rankedMax + 1).execute(db)).rows;
  if (recent.length <= rankedMax) return (await weighed(words, projectIds, many).execute(db)).rows;
  const titled = (await newestTitles(words, projectIds, many).execute(db)).rows;
  const told = new Set(titled.map(({ id }) => id));
  return [...titled, ...recent.filter(({ id }) => !told.has(id))].slice(0, many);
}

/** A query for the ids of the projects that are looked through. */
type ProjectIds = ReturnType<typeof selectSeenIds>;
type HitQuery = (words: readonly string[], projectIds: ProjectIds, max: number) => RawBuilder<Hit>;
type HitQueries = { readonly weighed: HitQuery; readonly newest: HitQuery; readonly newestTitles: HitQuery };

const columns = sql`e.id, e.kind, e.subject_id, e.to_do_id, e.project_id`;

const sqliteQueries: HitQueries = {
  weighed: (words, projectIds, max) => sql`
    select ${columns} from search_words join search_entries e on e.id = search_words.rowid
    where search_words match ${sqliteMatch(words)} and e.project_id in ${projectIds}
    order by bm25(search_words, 10, 1), e.id desc limit ${max}`,
  newest: (words, projectIds, max) => sqliteNewest(sqliteMatch(words), projectIds, max),
  newestTitles: (words, projectIds, max) => sqliteNewest(`{title} : (${sqliteMatch(words)})`, projectIds, max),
};

/** The index gives its entries from the last to the first and stops when there are enough. */
function sqliteNewest(match: string, projectIds: ProjectIds, max: number): RawBuilder<Hit> {
  return sql`select ${columns} from search_words join search_entries e on e.id = search_words.rowid
    where search_words match ${match} and e.project_id in ${projectIds}
    order by search_words.rowid desc limit ${max}`;
}

const postgresQueries: HitQueries = {
  weighed: (words, projectIds, max) => sql`
    select ${columns} from search_entries e, to_tsquery('simple', ${postgresMatch(words, '')}) query
    where e.words @@ query and e.project_id in ${projectIds}
    order by ts_rank(e.words, query) desc, e.id desc limit ${max}`,
  newest: (words, projectIds, max) => postgresNewest(postgresMatch(words, ''), projectIds, max),
  newestTitles: (words, projectIds, max) => postgresNewest(postgresMatch(words, 'A'), projectIds, max),
};

function postgresNewest(match: string, projectIds: ProjectIds, max: number): RawBuilder<Hit> {
  return sql`select ${columns} from search_entries e
    where e.words @@ to_tsquery('simple', ${match}) and e.project_id in ${projectIds}
    order by e.id desc limit ${max}`;
}

/** The last word may be a beginning, when it is more than one letter: almost everything begins with some letter. */
const isBeginning = (words: readonly string[], index: number): boolean =>
  index === words.length - 1 && (words[index]?.length ?? 0) > 1;

// Words hold letters and digits alone, so nothing in them is a sign of the query languages.
function sqliteMatch(words: readonly string[]): string {
  return words.map((word, index) => `"${word}"${isBeginning(words, index) ? '*' : ''}`).join(' ');
}

/** `weight` A: in the title. */
function postgresMatch(words: readonly string[], weight: 'A' | ''): string {
  const label = (index: number): string => `${isBeginning(words, index) ? '*' : ''}${weight}`;
  return words.map((word, index) => (label(index) ? `${word}:${label(index)}` : word)).join(' & ');
}

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
    if (toDo) return [presentToDo(project, toDo, comments.get(hit.subject_id) ?? null, words)];
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
