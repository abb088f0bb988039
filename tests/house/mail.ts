/** What a test reads from the file that holds the mail sent last. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The code that a mail asks its reader to type, on a line of its own. */
export function codeFromMail(path: string, username: string): string {
  const mail = readFileSync(path, 'utf8');
  assert.match(mail, new RegExp(`^To: .*<${username}@example\\.com>$`, 'm'));
  const code = /^\s*([A-Z0-9]{8})\s*$/m.exec(mail)?.[1];
  assert.ok(code, `no code in the mail: ${mail}`);
  return code;
}
