/**
 * `storage user consents list|withdraw`: what a person agreed to, and the administrator's hand to take it back. It does not
 * know how the storage is opened: that is handed in, and closed here.
 */
import type { Agreements } from '../oidc/consent/agreements.ts';
import type { Command, CommandIo } from './command.ts';

export type ConsentsRoom = { readonly agreements: Agreements; close(): Promise<void> };

export const userConsentsUsage = `Usage:
  gatehouse storage user consents list <username>
  gatehouse storage user consents withdraw <username> <client id>
`;

export function storageUserConsents(open: () => Promise<ConsentsRoom>): Command {
  return async (args, io) => {
    const [verb, username, clientId, ...more] = args;
    const wanted = verb === 'list' ? clientId === undefined : verb === 'withdraw' && clientId !== undefined;
    if (!wanted || username === undefined || more.length > 0 || args.some((word) => word.startsWith('-'))) {
      io.stderr.write(userConsentsUsage);
      return 2;
    }
    const { agreements, close } = await open();
    try {
      return clientId === undefined
        ? await list(agreements, username, io)
        : await withdraw(agreements, username, clientId, io);
    } finally {
      await close();
    }
  };
}

async function list(agreements: Agreements, username: string, io: CommandIo): Promise<number> {
  const all = await agreements.list(username);
  if (all.length === 0) io.stdout.write(`No answer of '${username}' is remembered.\n`);
  for (const { clientId, agreedAtMs } of all)
    io.stdout.write(`${clientId}\tsince ${new Date(agreedAtMs).toISOString()}\n`);
  return 0;
}

async function withdraw(agreements: Agreements, username: string, clientId: string, io: CommandIo): Promise<number> {
  const { grantsEnded } = await agreements.withdraw(username, clientId);
  const ended = grantsEnded === 1 ? '1 grant ended' : `${grantsEnded} grants ended`;
  io.stdout.write(`'${clientId}' has no consent of '${username}' any longer; ${ended} with all tokens.\n`);
  return 0;
}
