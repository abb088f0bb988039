/** Mail of a test house: what the file holds that was sent last, and having it all sent to a server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { SmtpSink } from '@gatehouse/testing/smtp-sink.ts';

/** The code that a mail asks its reader to type, on a line of its own. */
export function codeFromMail(path: string, username: string): string {
  const mail = readFileSync(path, 'utf8');
  assert.match(mail, new RegExp(`^To: .*<${username}@example\\.com>$`, 'm'));
  const code = /^\s*([A-Z0-9]{8})\s*$/m.exec(mail)?.[1];
  assert.ok(code, `no code in the mail: ${mail}`);
  return code;
}

/** Changes the configuration of a house so that its mail goes to this server. `more`: further lines of `notifier`. */
export const mailBy =
  (sink: Pick<SmtpSink, 'port'>, more = '') =>
  (yaml: string): string =>
    yaml.replace(
      / {2}filesystem:\n.*\n/,
      `${more}  smtp:
    address: 'smtp://127.0.0.1:${sink.port}'
    sender: 'portal@example.com'
    disable_require_tls: true
    disable_starttls: true
`,
    );
