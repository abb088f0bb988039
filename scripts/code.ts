/** `npm run code`: the seeded person's one-time code of this moment, for a machine without an authenticator app. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOTP, URI } from 'otpauth';
import type { Trial } from './start/first-run.ts';

const folder = process.env.GATEHOUSE_DATA ?? join(dirname(fileURLToPath(import.meta.url)), '../.data');
const trial = JSON.parse(readFileSync(join(folder, 'trial.json'), 'utf8')) as Trial;
const totp = URI.parse(trial.person.otpauthUri);
if (!(totp instanceof TOTP)) throw new Error('the stored URI is not a time-based one');
process.stdout.write(`${totp.generate()}  for ${Math.ceil(totp.remaining() / 1000)} more seconds\n`);
