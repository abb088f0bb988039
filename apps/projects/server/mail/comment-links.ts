/**
 * Links of mails to one comment. What stands behind a `#` no server sees, so it is lost where somebody signs in on the way:
 * a mail names the comment in the query, and here that leads on to the address that the pages know.
 */
import { commentHash } from '../../wire/comment-hash.ts';
import type { App } from '../app.ts';
import { requirePerson } from '../session/person.ts';

/** `toDoPath` is that of the page. */
export const commentLink = (toDoPath: string, commentId: string): string => `${toDoPath}?comment=${commentId}`;

export function commentLinksFeature(app: App): void {
  app.get('/p/:key/t/:number', requirePerson, async (c, next) => {
    const commentId = c.req.query('comment');
    if (!commentId) return next();
    const { key, number } = c.req.param();
    const [project, toDo, comment] = [key, number, commentId].map(encodeURIComponent);
    return c.redirect(`/p/${project}/t/${toDo}${commentHash(comment ?? '')}`, 302);
  });
}
