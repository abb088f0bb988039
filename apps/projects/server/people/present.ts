/** Rows of people as admins and they themselves see them. Pure. */
import { marked } from '@gatehouse/words/say.ts';
import type { ClientRef } from '../../wire/client.ts';
import type { LocalSignIn, ManagedPerson, PersonSource, Profile } from '../../wire/people.ts';
import { roleName } from '../../wire/roles.ts';
import type { Viewer } from '../projects/policy.ts';
import { localIssuer, type PersonTables } from './person.ts';
import { type Barrier, barrierTo, rolesToGive } from './policy.ts';

export type PersonRow = PersonTables['people'];

const barrierWords: Readonly<Record<Barrier, string>> = {
  'not-admin': marked('Only admins change people.'),
  yourself: marked('Nobody changes their own role. Ask another admin or owner.'),
  'above-you': marked('Only an owner changes an owner.'),
};

export function presentManagedPerson(viewer: Viewer, row: PersonRow, client: ClientRef | null): ManagedPerson {
  const barrier = barrierTo(viewer, row);
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    roleName: roleName(row.role),
    client,
    isActive: row.deactivated_at === null,
    source: presentSource(row),
    createdAt: presentTime(row.created_at),
    lastSignInAt: row.last_sign_in_at === null ? null : presentTime(row.last_sign_in_at),
    jobTitle: row.job_title,
    department: row.department,
    may: { giveRoles: rolesToGive(viewer, row), deactivate: barrier === undefined },
    whyNot: barrier ? barrierWords[barrier] : null,
  };
}

export function presentProfile(row: PersonRow, client: ClientRef | null): Profile {
  return {
    name: row.name,
    email: row.email,
    phone: row.phone,
    jobTitle: row.job_title,
    jobLevel: row.job_level,
    department: row.department,
    roleName: roleName(row.role),
    client,
    source: presentSource(row),
    createdAt: presentTime(row.created_at),
    lastSignInAt: row.last_sign_in_at === null ? null : presentTime(row.last_sign_in_at),
  };
}

export function presentLocalSignIn(row: {
  readonly name: string;
  readonly outcome: string;
  readonly address: string;
  readonly at: number;
}): LocalSignIn {
  const { name, outcome, address, at } = row;
  return { name, signedIn: outcome === 'signed-in', address, at: presentTime(at) };
}

function presentSource({ issuer }: PersonRow): PersonSource {
  if (issuer === null) return { kind: 'never-yet' };
  if (issuer === localIssuer) return { kind: 'local' };
  return { kind: 'provider', host: URL.canParse(issuer) ? new URL(issuer).host : issuer };
}

/** PostgreSQL answers a bigint as text. */
function presentTime(instantMs: number): string {
  return new Date(Number(instantMs)).toISOString();
}
