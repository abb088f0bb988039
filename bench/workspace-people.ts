/** The people of a workspace that is measured, and how many rows are written at once. Knows no project. */
import type { Kysely } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { digestOf } from '../apps/projects/server/tokens/secret.ts';
import { beganAtMs } from './workspace-shape.ts';

export const issuer = 'https://auth.example.com';
/** What PostgreSQL and SQLite take as one statement, whatever the table. */
export function inBatches<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / 500) }, (_, index) => rows.slice(index * 500, index * 500 + 500));
}

/** Of the address of somebody's calendar. */
export function feedSecretOf(personId: string): string {
  return personId.padEnd(43, '-');
}

/** Answers with their ids. */
export async function fillPeople(db: Kysely<Tables>, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, index) => `person-${index}`);
  await db
    .insertInto('people')
    .values(
      people.map((id, index) => ({
        id,
        issuer,
        subject: id,
        name: `Person ${index}`,
        email: `${id}@example.com`,
        role: 20 as const,
        first_name: '',
        last_name: '',
        phone: '',
        job_title: '',
        job_level: '',
        department: '',
        created_at: beganAtMs,
        last_sign_in_at: null,
        client_id: null,
        deactivated_at: null,
      })),
    )
    .execute();
  await db
    .insertInto('feed_secrets')
    .values(people.map((id) => ({ person_id: id, digest: digestOf(feedSecretOf(id)), created_at: beganAtMs })))
    .execute();
  return people;
}
