/**
 * What the workspace stands on, each with a question that tells whether it is there: the database, the store of files, the
 * provider, and the queues that other things wait in. A question throws, or answers with what is wrong; it names no secret.
 */
import { sql } from 'kysely';
import type { Workspace } from '../api/workspace.ts';
import type { Provider } from '../sign-in/provider.ts';

export const partNames = ['database', 'files', 'provider', 'telling', 'mail', 'webhooks'] as const;
export type PartName = (typeof partNames)[number];

/** `away`: it does not answer, or refuses. `late`: what is due has waited too long. `off`: it is not used here. */
export type PartState = 'ok' | 'away' | 'late' | 'off';

export type Part = {
  readonly name: PartName;
  /** Undefined: it is not used here. Throws when it is away. */
  readonly ask: (() => Promise<'ok' | 'late'>) | undefined;
};

export type PartsOptions = {
  readonly workspace: Pick<Workspace, 'db' | 'files' | 'mailWorks' | 'now'>;
  /** Undefined: nobody signs in through one. */
  readonly provider: Pick<Provider, 'reach'> | undefined;
};

/** Many rounds of whoever empties a queue: by then it is stuck. */
export const lateMs = 10 * 60_000;

export function partsOf({ workspace, provider }: PartsOptions): readonly Part[] {
  const { db, files, mailWorks, now } = workspace;
  const orLate = (oldest: number | null | undefined): 'ok' | 'late' =>
    oldest != null && Number(oldest) < now() - lateMs ? 'late' : 'ok';
  return [
    {
      name: 'database',
      async ask() {
        await sql`select 1`.execute(db);
        return 'ok';
      },
    },
    {
      name: 'files',
      async ask() {
        await files.store.check();
        return 'ok';
      },
    },
    {
      name: 'provider',
      ask:
        provider &&
        (async () => {
          await provider.reach();
          return 'ok';
        }),
    },
    {
      name: 'telling',
      async ask() {
        const oldest = db.selectFrom('changes').where('told', '=', 0).orderBy('id').select('at').limit(1);
        return orLate((await oldest.executeTakeFirst())?.at);
      },
    },
    {
      name: 'mail',
      ask: mailWorks
        ? async () => {
            const due = db
              .selectFrom('mail_queue')
              .where('state', 'in', ['waiting', 'claimed'])
              .select(({ fn }) => fn.min<number | null>('due_at').as('oldest'));
            return orLate((await due.executeTakeFirst())?.oldest);
          }
        : undefined,
    },
    {
      name: 'webhooks',
      async ask() {
        const due = db
          .selectFrom('webhook_deliveries')
          .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
          .where('webhooks.state', '=', 'on')
          .where('webhook_deliveries.state', 'in', ['waiting', 'claimed'])
          .select(({ fn }) => fn.min<number | null>('webhook_deliveries.due_at').as('oldest'));
        return orLate((await due.executeTakeFirst())?.oldest);
      },
    },
  ];
}
