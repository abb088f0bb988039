/** The API of one's own day: what is planned, and planning it. */
import { type Context, Hono } from 'hono';
import {
  blocksMax,
  changeBlockRequest,
  type DayBlock,
  type DayBlockAnswer,
  type DayPlanAnswer,
  dayPlanQuery,
  planBlockRequest,
} from '../../wire/day-plan.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { changeBlock, planBlock, removeBlock } from './commands.ts';
import { type PlannedBlock, readBlock, readPlan } from './queries.ts';

export function dayPlanRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerBlock(c: Context<ApiEnv>, id: string, status: 200 | 201): Promise<Response> {
    const block = await readBlock(db, c.get('person'), id);
    if (!block) return answerRefusal(c, notFound('block'));
    return c.json({ block: present(block) } satisfies DayBlockAnswer, status);
  }

  return new Hono<ApiEnv>()
    .get('/me/day-plan', async (c) => {
      const read = readQuery(c, dayPlanQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { day } = read.body;
      const blocks = await readPlan(db, c.get('person'), { from: day, to: day }, blocksMax);
      return c.json({ blocks: blocks.map(present) } satisfies DayPlanAnswer);
    })
    .post('/me/day-plan', async (c) => {
      const read = await readBody(c, planBlockRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const planned = await planBlock(workspace, c.get('person'), read.body);
      return isRefusal(planned) ? answerRefusal(c, planned) : answerBlock(c, planned.id, 201);
    })
    .patch('/me/day-plan/:blockId', async (c) => {
      const read = await readBody(c, changeBlockRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const changed = await changeBlock(workspace, c.get('person'), c.req.param('blockId'), read.body);
      return isRefusal(changed) ? answerRefusal(c, changed) : answerBlock(c, changed.id, 200);
    })
    .delete('/me/day-plan/:blockId', async (c) => {
      await removeBlock(workspace, c.get('person'), c.req.param('blockId'));
      return c.body(null, 204);
    });
}

function present({ toDoId, changes, updatedAt, ...block }: PlannedBlock): DayBlock {
  return block;
}
