/** For tests: the ends of sessions over a database of their own, told to nobody unless the test listens. */
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { type Endings, type EndingsParts, openEndings } from './endings.ts';
import { openSessionRegister } from './session-register.ts';

export async function openTestEndings(
  parts: Partial<EndingsParts> & Pick<EndingsParts, 'nowMs'>,
): Promise<Endings & Pick<EndingsParts, 'register'>> {
  const register = parts.register ?? openSessionRegister(await openMemoryDatabase());
  const endings = openEndings({
    register,
    volatile: sealedVolatile(memoryVolatile(parts.nowMs), openSealer('an encryption key for tests')),
    cookies: [],
    people: { find: async (username) => ({ kind: 'found', identity: identityOf(username) }) },
    onEnd: async () => undefined,
    watchMs: 60_000,
    log: { info: () => undefined, error: () => undefined },
    ...parts,
  });
  return { ...endings, register };
}

function identityOf(username: string) {
  return { username, displayName: username, emails: [], groups: [], attributes: { extra: {} } };
}
