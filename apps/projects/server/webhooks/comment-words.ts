/** The words of a comment in what a webhook is told: those it has when they are sent, and none that the project does not hold. */

import type { Executor } from '../api/workspace.ts';
import { firstWords } from '../comments/queries.ts';
import type { DeliveryRow, WebhookRow } from './present.ts';

type Told = { readonly data: { readonly commentId: string; readonly excerpt?: string } };

/** What may have waited for hours, or is sent again. A comment that was removed, or went to another project, has no words. */
export async function bodyNow(db: Executor, { project_id }: WebhookRow, { kind, body }: DeliveryRow): Promise<string> {
  if (kind !== 'comment.added' && kind !== 'comment.changed') return body;
  const told = JSON.parse(body) as Told;
  const { excerpt: _, ...data } = told.data;
  const comment = await db
    .selectFrom('comments')
    .innerJoin('to_dos', 'to_dos.id', 'comments.to_do_id')
    .select(firstWords.as('excerpt'))
    .where('comments.id', '=', data.commentId)
    .where('comments.removed_at', 'is', null)
    .where('to_dos.project_id', '=', project_id)
    .where('to_dos.deleted_at', 'is', null)
    .executeTakeFirst();
  return JSON.stringify({ ...told, data: { ...data, ...comment } });
}
