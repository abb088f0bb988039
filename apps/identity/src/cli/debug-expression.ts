/**
 * `debug expression <user> <expression>`: what an attribute expression makes of a person. It does not know how the directory
 * is opened: that is handed in, and closed here.
 */
import { parseExpression } from '../config/values/expression.ts';
import type { Directory } from '../directory/directory.ts';
import { evaluateFor } from '../oidc/people/attributes.ts';
import type { Command } from './command.ts';

export type ExpressionRoom = {
  readonly directory: Pick<Directory, 'find'>;
  /** Attributes that the administrator declared. */
  readonly extra: readonly string[];
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const expressionUsage = `Usage:
  gatehouse debug expression <user> <expression> [--config <path>]...

Such as: gatehouse debug expression alice '"admins" in groups'
`;

export function debugExpression(open: () => Promise<ExpressionRoom>): Command {
  return async ([user, text, ...more], io) => {
    if (user === undefined || text === undefined || more.length > 0) {
      io.stderr.write(expressionUsage);
      return 2;
    }
    const room = await open();
    try {
      const parsed = parseExpression(text, room.extra);
      if (parsed.kind === 'refused') {
        io.stderr.write(`The expression ${parsed.reason}. ${parsed.cure}\n`);
        return 1;
      }
      const answer = await room.directory.find(user);
      if (answer.kind !== 'found') {
        const isUnknown = answer.kind === 'unknown';
        io.stderr.write(
          isUnknown ? `The directory does not know '${user}'.\n` : 'The directory cannot be asked now.\n',
        );
        return 1;
      }
      try {
        const found = evaluateFor(answer.identity, parsed.value, Math.floor(room.nowMs() / 1000));
        io.stdout.write(`${JSON.stringify(found) ?? 'nothing'}\n`);
        return 0;
      } catch (cause) {
        io.stderr.write(`It fails for '${user}': ${cause instanceof Error ? cause.message.split('\n')[0] : cause}\n`);
        return 1;
      }
    } finally {
      await room.close();
    }
  };
}
