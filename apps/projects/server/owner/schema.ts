/** The tables of first owners and local owners as the database keeps them. */
import type { PersonTables } from '../people/person.ts';

export type OwnerTables = PersonTables & {
  owner_codes: {
    id: string;
    /** SHA-256 of the code, which is random enough for it. */
    digest: string;
    tries_left: number;
    expires_at: number;
    used_at: number | null;
  };
  local_owners: {
    name: string;
    person_id: string;
    /** Argon2id of a password that works once. */
    digest: string;
    used_at: number | null;
    created_at: number;
  };
  local_sign_ins: {
    id: string;
    name: string;
    outcome: 'refused' | 'signed-in';
    address: string;
    at: number;
  };
};
