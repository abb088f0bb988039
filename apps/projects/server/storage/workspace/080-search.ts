/**
 * The index of what can be searched. Triggers feed it, in the transaction that writes the text itself, so no command can
 * forget to; a change that leaves the text alone costs a comparison. What is in the trash or removed has no entry.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

type Source = {
  readonly kind: string;
  readonly table: string;
  /** Columns whose change is a change of the entry. */
  readonly columns: readonly string[];
  /** SQL over the row, which is called `new`. */
  readonly toDoId: string;
  readonly projectId: string;
  readonly title: string;
  readonly body: string;
  readonly isThere: string;
};

const described = { toDoId: 'null', projectId: 'new.project_id', title: 'new.title', body: 'new.description' };
const sources: readonly Source[] = [
  {
    ...described,
    kind: 'toDo',
    table: 'to_dos',
    columns: ['title', 'description', 'deleted_at', 'project_id'],
    toDoId: 'new.id',
    isThere: 'new.deleted_at is null',
  },
  {
    kind: 'comment',
    table: 'comments',
    columns: ['body', 'removed_at'],
    toDoId: 'new.to_do_id',
    projectId: '(select project_id from to_dos where id = new.to_do_id)',
    title: `''`,
    body: 'new.body',
    isThere: 'new.removed_at is null',
  },
  {
    kind: 'project',
    table: 'projects',
    columns: ['name', 'description'],
    toDoId: 'null',
    projectId: 'new.id',
    title: `new.key || ' ' || new.name`,
    body: 'new.description',
    isThere: '1 = 1',
  },
  { ...described, kind: 'milestone', table: 'milestones', columns: ['title', 'description'], isThere: '1 = 1' },
  { ...described, kind: 'goal', table: 'goals', columns: ['title', 'description'], isThere: '1 = 1' },
];

export const step: Migration = {
  name: '080-search',
  async up(db, dialect) {
    const steps = dialect === 'postgres' ? postgresSteps() : sqliteSteps();
    for (const each of steps) await sql.raw(each).execute(db);
  },
};

const entryColumns = '(kind, subject_id, to_do_id, project_id)';
const removeEntry = ({ kind }: Source): string =>
  `delete from search_entries where kind = '${kind}' and subject_id = old.id;`;
const entryIndexes = [
  'create unique index search_entries_subject on search_entries (kind, subject_id)',
  'create index search_entries_to_do on search_entries (to_do_id)',
];
/** Comments go where their to-do goes. */
const carryComments = `update search_entries set project_id = new.project_id where to_do_id = new.id and kind = 'comment';`;

/** The words stand in an FTS5 table without the texts, which would be there twice; `rowid` is the id of the entry. */
function sqliteSteps(): string[] {
  return [
    `create table search_entries (id integer primary key, kind varchar(16) not null, subject_id varchar(64) not null,
      to_do_id varchar(64), project_id varchar(64) not null)`,
    ...entryIndexes,
    `create virtual table search_words using fts5(title, body, content='', contentless_delete=1,
      tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
    `create trigger search_entries_delete after delete on search_entries begin
      delete from search_words where rowid = old.id; end`,
    ...sources.flatMap((source) => [
      `create trigger search_${source.table}_insert after insert on ${source.table} begin ${sqliteAdd(source)} end`,
      `create trigger search_${source.table}_update after update of ${source.columns.join(', ')} on ${source.table}
        when ${source.columns.map((column) => `old.${column} is not new.${column}`).join(' or ')}
        begin ${removeEntry(source)} ${sqliteAdd(source)} ${source.kind === 'toDo' ? carryComments : ''} end`,
      `create trigger search_${source.table}_delete after delete on ${source.table} begin ${removeEntry(source)} end`,
      sqliteFill(source),
      `insert into search_words (rowid, title, body) select search_entries.id, ${source.title}, ${source.body}
        from search_entries join ${source.table} as new on new.id = subject_id where kind = '${source.kind}'`,
    ]),
  ];
}

const valuesOf = ({ kind, toDoId, projectId }: Source): string => `'${kind}', new.id, ${toDoId}, ${projectId}`;

function sqliteAdd(source: Source): string {
  return `insert into search_entries ${entryColumns} select ${valuesOf(source)} where ${source.isThere};
    insert into search_words (rowid, title, body) select id, ${source.title}, ${source.body}
      from search_entries where kind = '${source.kind}' and subject_id = new.id;`;
}

function sqliteFill(source: Source): string {
  return `insert into search_entries ${entryColumns} select ${valuesOf(source)}
    from ${source.table} as new where ${source.isThere}`;
}

/** The words stand in the entry. `simple` takes them as they are: a workspace may speak any language, or several. */
function postgresSteps(): string[] {
  return [
    `create table search_entries (id bigserial primary key, kind varchar(16) not null, subject_id varchar(64) not null,
      to_do_id varchar(64), project_id varchar(64) not null, words tsvector not null)`,
    ...entryIndexes,
    'create index search_entries_words on search_entries using gin (words)',
    // Without marks, so that “cafe” finds “café”, and with a space for punctuation, so that an address is its words.
    `create function search_fold(text) returns text language sql immutable as $$
      select lower(regexp_replace(regexp_replace(normalize($1, nfd), '[\\u0300-\\u036f]', '', 'g'),
        '[!-/:-@\\[-\`{-~]+', ' ', 'g')) $$`,
    `create function search_words(title text, body text) returns tsvector language sql immutable as $$
      select setweight(to_tsvector('simple', search_fold(title)), 'A') ||
        setweight(to_tsvector('simple', search_fold(body)), 'D') $$`,
    ...sources.flatMap((source) => [
      `create function search_${source.table}() returns trigger language plpgsql as $$ begin
        if tg_op <> 'INSERT' then ${removeEntry(source)} end if;
        if tg_op <> 'DELETE' then ${postgresAdd(source)} end if;
        ${source.kind === 'toDo' ? `if tg_op = 'UPDATE' then ${carryComments} end if;` : ''}
        return null; end $$`,
      `create trigger search_${source.table}_always after insert or delete on ${source.table}
        for each row execute function search_${source.table}()`,
      `create trigger search_${source.table}_update after update of ${source.columns.join(', ')} on ${source.table}
        for each row when (${source.columns.map((column) => `old.${column} is distinct from new.${column}`).join(' or ')})
        execute function search_${source.table}()`,
      `insert into search_entries ${withWords} select ${valuesOf(source)}, ${wordsOf(source)}
        from ${source.table} as new where ${source.isThere}`,
    ]),
  ];
}

const withWords = entryColumns.replace(')', ', words)');
const wordsOf = ({ title, body }: Source): string => `search_words(${title}, ${body})`;

function postgresAdd(source: Source): string {
  return `insert into search_entries ${withWords} select ${valuesOf(source)}, ${wordsOf(source)} where ${source.isThere};`;
}
