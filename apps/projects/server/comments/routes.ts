/** The API of comments: each route finds the to-do, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  addCommentRequest,
  type CommentAnswer,
  type CommentsAnswer,
  editCommentRequest,
  reactions,
} from '../../wire/comment.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readNumber } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { findToDo } from '../to-dos/queries.ts';
import { addComment, editComment, setReaction, setRemoved } from './commands.ts';
import type { CommentRow } from './present.ts';
import { presentAll, readComments } from './queries.ts';

const base = '/projects/:key/to-dos/:number/comments';
type Place = { readonly project: SeenProject; readonly number: number; readonly commentId: string };

export function commentRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  function placeOf(c: Context<ApiEnv>): Place | Refusal {
    const number = readNumber(c);
    const commentId = c.req.param('commentId') ?? '';
    return typeof number === 'number' ? { project: projectOf(c), number, commentId } : number;
  }

  /** Finds the place, runs `act`, shows the comment that it leaves. */
  async function answer(
    c: Context<ApiEnv>,
    act: (place: Place) => Promise<CommentRow | Refusal>,
    status: 200 | 201 = 200,
  ): Promise<Response> {
    const place = placeOf(c);
    if (isRefusal(place)) return answerRefusal(c, place);
    const row = await act(place);
    if (isRefusal(row)) return answerRefusal(c, row);
    const [comment] = await presentAll(db, c.get('person'), place.project, [row]);
    return comment ? c.json({ comment } satisfies CommentAnswer, status) : answerRefusal(c, notFound('comment'));
  }

  function react(c: Context<ApiEnv>, given: boolean): Promise<Response> {
    return answer(c, async ({ project, number, commentId }) => {
      const reaction = reactions.find((each) => each === c.req.param('reaction'));
      if (!reaction) return notFound('address');
      return setReaction(workspace, c.get('person'), project, number, commentId, reaction, given);
    });
  }

  return new Hono<ApiEnv>()
    .get(base, async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const toDo = await findToDo(db, place.project, place.number);
      if (!toDo) return answerRefusal(c, notFound('to-do'));
      const comments = await readComments(db, c.get('person'), place.project, toDo.id);
      const may = { comment: can(c.get('person'), 'comment.create', place.project.facts) };
      return c.json({ comments, may } satisfies CommentsAnswer);
    })
    .post(base, (c) =>
      answer(
        c,
        async ({ project, number }) => {
          const read = await readBody(c, addCommentRequest);
          return isRefusal(read) ? read : addComment(workspace, c.get('person'), project, number, read.body);
        },
        201,
      ),
    )
    .patch(`${base}/:commentId`, (c) =>
      answer(c, async ({ project, number, commentId }) => {
        const read = await readBody(c, editCommentRequest);
        return isRefusal(read) ? read : editComment(workspace, c.get('person'), project, number, commentId, read.body);
      }),
    )
    .delete(`${base}/:commentId`, (c) =>
      answer(c, ({ project, number, commentId }) =>
        setRemoved(workspace, c.get('person'), project, number, commentId, true),
      ),
    )
    .post(`${base}/:commentId/restore`, (c) =>
      answer(c, ({ project, number, commentId }) =>
        setRemoved(workspace, c.get('person'), project, number, commentId, false),
      ),
    )
    .put(`${base}/:commentId/reactions/:reaction`, (c) => react(c, true))
    .delete(`${base}/:commentId/reactions/:reaction`, (c) => react(c, false));
}
