/** The users file that is written where there is none, for someone to fill in. Nobody can sign in with it. */
import { writeFile } from 'node:fs/promises';
import { formatDigest } from '@gatehouse/password/digest.ts';
import { blankDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';

/** Never overwrites. Throws what the file system throws. */
export async function writeSampleUsersFile(path: string): Promise<void> {
  await writeFile(path, sampleText(formatDigest(blankDigest(argon2Defaults))), { mode: 0o600, flag: 'wx' });
}

function sampleText(digest: string): string {
  return `# The people who may sign in. One block a person; the key is the login name.
# A password is written as a digest: gatehouse crypto hash generate argon2
users:
  alice:
    disabled: true # Nobody knows the password of this sample. Put your own digest in, then take this line out.
    displayname: 'Alice'
    password: '${digest}'
    email: 'alice@example.com'
    groups:
      - 'users'
`;
}
