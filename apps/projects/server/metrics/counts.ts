/** What is counted in the database when somebody asks for the figures: how much there is and how much waits. */
import type { Executor } from '../api/workspace.ts';

export type Counts = {
  readonly toDos: number;
  /** Changes that nobody was told of yet. */
  readonly telling: number;
  readonly mail: number;
  readonly webhooks: number;
};

export async function readCounts(db: Executor): Promise<Counts> {
  const toDos = db.selectFrom('to_dos').where('deleted_at', 'is', null);
  const telling = db.selectFrom('changes').where('told', '=', 0);
  const mail = db.selectFrom('mail_queue').where('state', 'in', ['waiting', 'claimed']);
  const webhooks = db.selectFrom('webhook_deliveries').where('state', 'in', ['waiting', 'claimed']);
  const row = await db
    .selectNoFrom([
      toDos.select(({ fn }) => fn.countAll<number>().as('count')).as('toDos'),
      telling.select(({ fn }) => fn.countAll<number>().as('count')).as('telling'),
      mail.select(({ fn }) => fn.countAll<number>().as('count')).as('mail'),
      webhooks.select(({ fn }) => fn.countAll<number>().as('count')).as('webhooks'),
    ])
    .executeTakeFirstOrThrow();
  return {
    toDos: Number(row.toDos),
    telling: Number(row.telling),
    mail: Number(row.mail),
    webhooks: Number(row.webhooks),
  };
}
