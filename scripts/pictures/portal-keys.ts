/** What somebody sees whose key does not open the door: one that the house never heard of. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import type { Visitor } from './visitor.ts';

type Credentials = { readonly username: string; readonly password: string };

/** The person has a security key at the portal; this visitor does not hold it. */
export async function takeFailedKeys(visitor: Visitor, { username, password }: Credentials): Promise<void> {
  const { page, visit, send, take } = visitor;
  const authenticator = await addAuthenticator(page);
  await visit('/sign-in/portal/passkey');
  await authenticator.hold({
    ...{ credentialId: randomBytes(32).toString('base64'), rpId: new URL(page.url()).hostname, signCount: 1 },
    ...{ privateKey: privateKey(), userHandle: randomBytes(32).toString('hex') },
  });
  await page.getByRole('button', { name: 'Choose a passkey' }).click();
  await page.getByRole('alert').waitFor();
  await take('passkey-failed');
  await visit('/sign-in/portal?level=two_factor');
  await send({ username, password });
  await visit('/sign-in/portal/second-factor/security-key?level=two_factor');
  await page.getByRole('button', { name: 'Use my key' }).click();
  await page.getByRole('alert').waitFor();
  await take('security-key-failed');
}

function privateKey(): Buffer {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return key.export({ type: 'pkcs8', format: 'der' });
}
