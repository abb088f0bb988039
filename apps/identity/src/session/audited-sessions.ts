/**
 * Sessions that say in the log who came, who proved more, and who left: name, address and factors, one line each, so that
 * an administrator can follow what happened. Decides nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import { amrOf } from './portal-session.ts';
import type { Sessions } from './sessions.ts';

export type AuditLog = { info(fields: Readonly<Record<string, unknown>>, message: string): void };

export function auditedSessions(sessions: Sessions, parts: { log: AuditLog; peerOf: PeerReader }): Sessions {
  const note = (req: IncomingMessage, username: string, facts: Readonly<Record<string, unknown>>, message: string) =>
    parts.log.info({ user: username, remote_ip: parts.peerOf(req).address, ...facts }, message);
  return {
    ...sessions,
    async begin(req, about) {
      const issued = await sessions.begin(req, about);
      if (!issued) {
        note(req, about.username, {}, 'Was shut out while signing in');
        return undefined;
      }
      note(req, issued.session.username, { session: issued.session.id, amr: amrOf(issued.session) }, 'Signed in');
      return issued;
    },
    async raise(req, change) {
      const issued = await sessions.raise(req, change);
      if (!issued) return undefined;
      const { session } = issued;
      const message = change.elevation ? 'Proved the mailbox' : 'Proved more';
      note(req, session.username, { session: session.id, amr: amrOf(session) }, message);
      return issued;
    },
    async end(req) {
      const session = await sessions.fromRequest(req);
      const cleared = await sessions.end(req);
      if (session) note(req, session.username, { session: session.id }, 'Signed out');
      return cleared;
    },
  };
}
