/** The change record as the database keeps it: what happened, in the order it was written. */
import type { Generated } from 'kysely';
import type { ChangeKind } from '../../wire/change.ts';

export type ChangeTables = {
  changes: {
    /** Rises, with gaps; two transactions may commit in the other order. */
    id: Generated<number>;
    /** Null for what belongs to the whole workspace. */
    project_id: string | null;
    /** Who did it. */
    actor_id: string;
    kind: ChangeKind;
    subject_id: string;
    /** JSON, `ChangeFacts`. */
    facts: string;
    at: number;
    /** 1 once notifications and webhooks were made of it. */
    told: Generated<0 | 1>;
  };
};
