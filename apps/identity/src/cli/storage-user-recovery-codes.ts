/**
 * `storage user recovery-codes show|generate|delete <name>`: an administrator's hand on the codes that stand in for a lost
 * second factor. It does not know how the storage is opened: that is handed in, and closed here.
 */
import type { Recovery } from '../sign-in/recovery/recovery.ts';
import type { Command } from './command.ts';

export type RecoveryRoom = {
  readonly recovery: Pick<Recovery, 'stateOf' | 'make' | 'remove'>;
  /** Whether they have a second factor that codes can stand in for. */
  hasFactor(username: string): Promise<boolean>;
  close(): Promise<void>;
};

export const userRecoveryCodesUsage = `Usage:
  gatehouse storage user recovery-codes show <name>
  gatehouse storage user recovery-codes generate <name>
  gatehouse storage user recovery-codes delete <name>

What is generated is printed once and stored as digests; the codes before it no longer work. Nobody is told by mail.
`;

const verbs = ['show', 'generate', 'delete'] as const;

export function storageUserRecoveryCodes(open: () => Promise<RecoveryRoom>): Command {
  return async ([word, username, ...more], io) => {
    const verb = verbs.find((each) => each === word);
    if (!verb || !username || username.startsWith('-') || more.length > 0) {
      io.stderr.write(userRecoveryCodesUsage);
      return 2;
    }
    const { recovery, hasFactor, close } = await open();
    try {
      if (verb === 'generate') {
        if (!(await hasFactor(username))) {
          io.stderr.write(`Nothing was done: '${username}' has no second factor that codes could stand in for.\n`);
          return 1;
        }
        io.stdout.write(`${(await recovery.make(username)).join('\n')}\n`);
        return 0;
      }
      if (verb === 'delete') {
        const count = await recovery.remove(username);
        io.stdout.write(`Deleted ${count} recovery codes of '${username}'.\n`);
        return 0;
      }
      const state = await recovery.stateOf(username);
      io.stdout.write(
        state
          ? `'${username}' has ${state.left} of ${state.made} recovery codes left, made ${new Date(state.createdAtMs).toISOString()}.\n`
          : `'${username}' has no recovery codes.\n`,
      );
      return 0;
    } finally {
      await close();
    }
  };
}
