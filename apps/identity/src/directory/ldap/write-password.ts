/**
 * Sets a person's password in the way the server knows: Active Directory's own attribute, the extended operation made for it
 * (RFC 3062) where the server offers it, and the plain attribute otherwise. Throws what the library throws.
 */
import { Attribute, BerWriter, Change, type Client } from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';

const modifyPassword = '1.3.6.1.4.1.4203.1.11.1';
const userIdentity = 0x80;
const newPassword = 0x82;

export async function writePassword(
  client: Client,
  implementation: Ldap['implementation'],
  dn: string,
  password: string,
): Promise<void> {
  if (implementation === 'activedirectory')
    // MS-ADTS section 3.1.1.3.1.5: in double quotes, UTF-16 little endian, over an encrypted connection.
    await replace(client, dn, 'unicodePwd', Buffer.from(`"${password}"`, 'utf16le'));
  else if (await offersModifyPassword(client)) await client.exop(modifyPassword, requestOf(dn, password));
  else await replace(client, dn, 'userPassword', Buffer.from(password));
}

async function offersModifyPassword(client: Client): Promise<boolean> {
  const { searchEntries } = await client.search('', {
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: ['supportedExtension'],
  });
  return searchEntries.some(({ supportedExtension }) => [supportedExtension].flat().includes(modifyPassword));
}

/** `PasswdModifyRequestValue` of RFC 3062 section 2. */
function requestOf(dn: string, password: string): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeString(dn, userIdentity);
  writer.writeString(password, newPassword);
  writer.endSequence();
  return writer.buffer;
}

function replace(client: Client, dn: string, type: string, value: Buffer): Promise<void> {
  return client.modify(
    dn,
    new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
  );
}
