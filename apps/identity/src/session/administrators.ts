/** Who runs this portal: people in one of the groups of `administration.groups`, while they are signed in at it. */
import type { IncomingMessage } from 'node:http';
import type { Directory } from '../directory/directory.ts';
import type { PortalSession } from './portal-session.ts';

/** Whether an administrator is signed in at the portal in the browser that sent this. */
export type IsAdministrator = (req: IncomingMessage) => Promise<boolean>;

/** Nobody is one while the directory cannot answer, or with no groups at all. */
export function administratorsOf(parts: {
  readonly groups: readonly string[];
  readonly sessions: { fromRequest(req: IncomingMessage): Promise<PortalSession | undefined> };
  readonly people: Pick<Directory, 'find'>;
}): IsAdministrator {
  const { sessions, people } = parts;
  const groups = new Set(parts.groups);
  return async function isAdministrator(req) {
    const session = groups.size > 0 ? await sessions.fromRequest(req) : undefined;
    const answer = session && (await people.find(session.username));
    return answer?.kind === 'found' && answer.identity.groups.some((group) => groups.has(group));
  };
}
