/** Plans to-dos for hours of a day. Everybody plans for themselves, whatever they see; nobody else is told. */
import { blocksMax, type ChangeBlockRequest, dayMinutes, type PlanBlockRequest } from '../../wire/day-plan.ts';
import { invalid, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import { findProject } from '../projects/queries.ts';

/** The same creation key again answers with the block that it made the first time. */
export async function planBlock(
  workspace: Workspace,
  viewer: Viewer,
  { creationKey, projectKey, number, day, startMinute, minutes }: PlanBlockRequest,
): Promise<{ id: string } | Refusal> {
  const tooLong = refuseBeyondMidnight(startMinute, minutes);
  if (tooLong) return tooLong;
  return wholeOrNothing(workspace, async (trx) => {
    const made = findMade(trx, viewer, creationKey);
    const before = await made.executeTakeFirst();
    if (before) return before;
    const project = await findProject(trx, viewer, projectKey);
    if (!project) return notFound('project');
    const toDo = await trx
      .selectFrom('to_dos')
      .select('id')
      .where('project_id', '=', project.row.id)
      .where('number', '=', number)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (!toDo) return notFound('to-do');
    const full = await refuseFull(trx, viewer, day);
    if (full) return full;
    const row = {
      id: workspace.newId(),
      person_id: viewer.id,
      to_do_id: toDo.id,
      day,
      start_minute: startMinute,
      minutes,
      creation_key: creationKey,
      changes: 0,
      updated_at: workspace.now(),
    };
    await trx
      .insertInto('day_plan')
      .values(row)
      .onConflict((conflict) => conflict.columns(['person_id', 'creation_key']).doNothing())
      .execute();
    return made.executeTakeFirstOrThrow();
  });
}

function findMade(trx: Executor, viewer: Viewer, creationKey: string) {
  return trx
    .selectFrom('day_plan')
    .select('id')
    .where('person_id', '=', viewer.id)
    .where('creation_key', '=', creationKey);
}

export async function changeBlock(
  workspace: Workspace,
  viewer: Viewer,
  id: string,
  { day, startMinute, minutes }: ChangeBlockRequest,
): Promise<{ id: string } | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    const block = await trx
      .selectFrom('day_plan')
      .selectAll()
      .where('id', '=', id)
      .where('person_id', '=', viewer.id)
      .executeTakeFirst();
    if (!block) return notFound('block');
    const changed = {
      day: day ?? block.day,
      start_minute: startMinute ?? block.start_minute,
      minutes: minutes ?? block.minutes,
    };
    const tooLong = refuseBeyondMidnight(changed.start_minute, changed.minutes);
    if (tooLong) return tooLong;
    const full = changed.day === block.day ? undefined : await refuseFull(trx, viewer, changed.day);
    if (full) return full;
    await trx
      .updateTable('day_plan')
      .set({ ...changed, changes: block.changes + 1, updated_at: workspace.now() })
      .where('id', '=', id)
      .execute();
    return { id };
  });
}

/** Gone is gone, also when it was gone before. */
export async function removeBlock({ db }: Workspace, viewer: Viewer, id: string): Promise<void> {
  await db.deleteFrom('day_plan').where('id', '=', id).where('person_id', '=', viewer.id).execute();
}

function refuseBeyondMidnight(startMinute: number, minutes: number): Refusal | undefined {
  if (startMinute + minutes <= dayMinutes) return undefined;
  return invalid([{ path: 'minutes', message: 'It would end after midnight. Make it shorter, or begin earlier.' }]);
}

async function refuseFull(trx: Executor, viewer: Viewer, day: string): Promise<Refusal | undefined> {
  const { count } = await trx
    .selectFrom('day_plan')
    .where('person_id', '=', viewer.id)
    .where('day', '=', day)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) < blocksMax) return undefined;
  return invalid([
    { path: 'day', message: 'At most {max} on one day. Take one off first.', values: { max: blocksMax } },
  ]);
}
