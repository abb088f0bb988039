/** The tables of webhooks: who is told, of what, and every single telling. */
import type { ChangeKind } from '../../wire/change.ts';

export type WebhookTables = {
  webhooks: {
    id: string;
    project_id: string;
    url: string;
    /** JSON, a list of kinds. */
    kinds: string;
    /** Sealed, for what is sent is signed with it. */
    secret: Uint8Array;
    state: 'on' | 'off' | 'failed';
    /** Attempts that failed since the last one that did not. */
    failures: number;
    failing_since: number | null;
    created_by: string;
    created_at: number;
    creation_key: string;
  };
  webhook_deliveries: {
    id: string;
    webhook_id: string;
    /** Null for a ping. */
    change_id: number | null;
    kind: ChangeKind | 'ping';
    /** JSON, the same at every attempt but for the words of a comment: `comment-words.ts` adds those. */
    body: string;
    /** `claimed`: a process is sending it, until `due_at` at the latest. */
    state: 'waiting' | 'claimed' | 'delivered' | 'failed';
    attempts: number;
    due_at: number;
    status: number | null;
    problem: string | null;
    created_at: number;
    ended_at: number | null;
  };
};
