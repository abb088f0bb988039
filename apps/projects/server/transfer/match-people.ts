/**
 * Who the people of a file are here: the same id where it comes from this workspace, else, for an importer who manages
 * people, the same mail address; to anybody else that would tell whose an address is. Words of others stay theirs only for
 * whoever manages people, too; for everybody else a file is no proof of who said what, so the importer brings them in, with
 * the name before them.
 */
import type { ProjectFile } from '../../wire/project-file.ts';
import type { Executor } from '../api/workspace.ts';
import { can, type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';
import type { Mentioned } from '../to-dos/mentions.ts';

export type Author = { readonly id: string /** To be put before the text. */; readonly named: string | null };
export type Matched = {
  /** Undefined for somebody who is not here. */
  person(ref: string | null): string | undefined;
  /** As texts name them: under the name they have here. */
  mentioned(inFile: Mentioned): Mentioned | undefined;
  author(ref: string): Author;
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  readonly keepsAuthors: boolean;
};

export async function matchPeople(db: Executor, viewer: Viewer, people: ProjectFile['people']): Promise<Matched> {
  const keepsAuthors = can(viewer, 'people.manage', wholeWorkspace);
  /** By which somebody may be found. */
  const addressOf = ({ email }: ProjectFile['people'][number]): string | undefined =>
    keepsAuthors && email ? email.normalize('NFC').toLowerCase() : undefined;
  const emails = people.flatMap((person) => addressOf(person) ?? []);
  const ids = people.map(({ id }) => id);
  const rows =
    people.length === 0
      ? []
      : await db
          .selectFrom('people')
          .select(['id', 'name', 'email'])
          .where((where) =>
            where.or([where('id', 'in', ids), ...(emails.length ? [where('email', 'in', emails)] : [])]),
          )
          .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byEmail = new Map(rows.map((row) => [row.email, row]));
  const found = new Map(
    people.map((person) => [person.ref, byId.get(person.id) ?? byEmail.get(addressOf(person) ?? '')]),
  );
  const names = new Map(people.map(({ ref, name }) => [ref, name]));
  const idOf = (ref: string | null): string | undefined => (ref === null ? undefined : found.get(ref)?.id);
  return {
    person: idOf,
    mentioned({ id: ref }) {
      const row = found.get(ref);
      return row && { id: row.id, label: row.name };
    },
    author(ref) {
      const id = idOf(ref);
      if (id !== undefined && (keepsAuthors || id === viewer.id)) return { id, named: null };
      return { id: viewer.id, named: names.get(ref) ?? null };
    },
    known: people.flatMap(({ ref }) => found.get(ref)?.name ?? []),
    unknown: people.filter(({ ref }) => !found.get(ref)).map(({ name }) => name),
    keepsAuthors,
  };
}
