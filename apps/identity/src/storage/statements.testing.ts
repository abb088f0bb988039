/** For tests: a database that writes down what is asked of it, in order, as `select bans`. */
import type { OperationNode } from 'kysely';
import type { IdentityDatabase } from './tables.ts';

export function listened(database: IdentityDatabase) {
  let statements: string[] = [];
  const kysely = database.kysely.withPlugin({
    transformQuery({ node }) {
      statements.push(`${node.kind.replace('QueryNode', '').toLowerCase()} ${tableIn(node)}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return {
    database: { ...database, kysely } satisfies IdentityDatabase,
    /** Since it was asked last. */
    statements(): readonly string[] {
      const asked = statements;
      statements = [];
      return asked;
    },
  };
}

/** The first that the statement names. */
function tableIn(node: OperationNode): string {
  if (node.kind === 'IdentifierNode') return String(Object(node).name);
  for (const part of Object.values(node).flat()) {
    const found = Object(part).kind === undefined ? '' : tableIn(part as OperationNode);
    if (found !== '') return found;
  }
  return '';
}
