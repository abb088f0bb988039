/**
 * Subjects that come from elsewhere, and all there are: for moving people over and for an administrator's commands. A subject
 * that applications know is never replaced unless the caller says so.
 */
import { randomUUID } from 'node:crypto';
import type { IdentityKysely } from '../../storage/tables.ts';

export type KnownSubject = {
  readonly username: string;
  /** The whole `sector_identifier_uri`, or empty for the public subject. */
  readonly sector: string;
  readonly identifier: string;
};

/** `different`: the person has another one in this sector. `of-another`: the identifier is another person's, or of another sector. */
export type SubjectTaken = 'taken' | 'same' | 'different' | 'of-another';

const service = 'openid';

/** Within a transaction. With `overwrite` a person's other subject gives way; what was granted under that one is dead. */
export async function takeSubject(
  kysely: IdentityKysely,
  known: KnownSubject,
  options: { readonly overwrite: boolean; readonly nowMs: number },
): Promise<SubjectTaken> {
  const { username, sector, identifier } = known;
  const rows = await kysely
    .selectFrom('subjects')
    .selectAll()
    .where('service', '=', service)
    .where((where) =>
      where.or([
        where('identifier', '=', identifier),
        where.and([where('sector_id', '=', sector), where('username', '=', username)]),
      ]),
    )
    .execute();
  const own = rows.find((row) => row.sector_id === sector && row.username === username);
  if (own?.identifier === identifier) return 'same';
  if (rows.some((row) => row.identifier === identifier)) return 'of-another';
  if (own && !options.overwrite) return 'different';
  if (own) {
    await kysely.updateTable('subjects').set({ identifier }).where('id', '=', own.id).execute();
    await kysely
      .updateTable('remembered_consents')
      .set({ subject: identifier })
      .where('subject', '=', own.identifier)
      .execute();
    return 'taken';
  }
  const row = { id: randomUUID(), service, sector_id: sector, username, identifier, created_at_ms: options.nowMs };
  await kysely.insertInto('subjects').values(row).execute();
  return 'taken';
}

/** In order of name and sector. */
export async function listSubjects(kysely: IdentityKysely): Promise<KnownSubject[]> {
  const rows = await kysely
    .selectFrom('subjects')
    .select(['username', 'sector_id', 'identifier'])
    .where('service', '=', service)
    .orderBy('username')
    .orderBy('sector_id')
    .execute();
  return rows.map((row) => ({ username: row.username, sector: row.sector_id, identifier: row.identifier }));
}
