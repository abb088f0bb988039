/**
 * `projects owner …`: makes an owner of somebody who has signed in before, or a local owner for emergencies. Speaks to the
 * database the configuration names; the workspace may run meanwhile.
 */
import { randomUUID } from 'node:crypto';
import { openDatabase, unhurried } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { createLocalOwner, localNamePattern, removeLocalOwner } from '../owner/local.ts';
import { grantOwner, type Owners } from '../owner/owners.ts';
import type { OwnerTables } from '../owner/schema.ts';
import { frameMigrations, frameNamespace } from '../storage/migrations.ts';

export const ownerUsage = `  projects owner grant <mail address or id>   makes somebody who has signed in before an owner
  projects owner local create <name>          an owner for emergencies: prints a password that works once, at /auth/local
  projects owner local remove <name>          takes it back
`;

/** What can be mended by whoever typed it. */
export class OwnerCommandRefused extends Error {
  override readonly name = 'OwnerCommandRefused';
  readonly code = 'owner-command-refused';
}

/** Answers with what to print. Throws `OwnerCommandRefused`. */
export async function runOwnerCommand(
  { database, appUrl }: Pick<Configuration, 'database' | 'appUrl'>,
  words: readonly string[],
): Promise<string> {
  const run = chooseVerb(words, appUrl);
  if (!run) throw new OwnerCommandRefused(`What should be done? One of:\n${ownerUsage}`);
  const opened = await openDatabase<OwnerTables>(unhurried(database));
  try {
    await migrate(opened, frameNamespace, frameMigrations);
    return await run({ db: opened.kysely, dialect: opened.dialect, nowMs: Date.now, newId: randomUUID });
  } finally {
    await opened.close();
  }
}

function chooseVerb(words: readonly string[], appUrl: string): ((owners: Owners) => Promise<string>) | undefined {
  const [verb, second = '', third = ''] = words;
  if (verb === 'grant' && words.length === 2) return (owners) => grant(owners, second);
  if (verb === 'local' && words.length === 3 && second === 'create') return (owners) => create(owners, third, appUrl);
  if (verb === 'local' && words.length === 3 && second === 'remove') return (owners) => remove(owners, third);
  return undefined;
}

async function grant(owners: Owners, who: string): Promise<string> {
  const granted = await grantOwner(owners, who);
  switch (granted.outcome) {
    case 'granted':
      return `${granted.name} is an owner now.\n`;
    case 'already':
      return `${granted.name} was an owner already.\n`;
    case 'unknown':
      throw new OwnerCommandRefused(
        'Nobody here has this address or id. They appear once they have signed in; let them do that first.',
      );
  }
}

async function create(owners: Owners, name: string, appUrl: string): Promise<string> {
  if (!localNamePattern.test(name))
    throw new OwnerCommandRefused(`'${name}' cannot be a name: small letters, digits, dots and dashes, 63 at most.`);
  const password = await createLocalOwner(owners, name);
  return `Name:     ${name}
Password: ${password}
It works once, at ${appUrl}/auth/local, and is kept nowhere in clear. This command makes another.
`;
}

async function remove(owners: Owners, name: string): Promise<string> {
  if (await removeLocalOwner(owners, name)) return `The local owner ${name} is gone.\n`;
  throw new OwnerCommandRefused(`There is no local owner ${name}.`);
}
