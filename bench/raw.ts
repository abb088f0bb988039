/**
 * What the machine can do without us, in a process of its own: `node raw.ts rs256 <ms>` or `node raw.ts argon2id <ms>
 * <callers>` prints how many a second. RS256 runs one after another on one thread, so on one core; argon2id runs in
 * libuv's threads, as many at once as there are callers. The second number is the processor time of one, in milliseconds.
 */
import { argon2, generateKeyPairSync, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { rate } from './measure.ts';

const [what, ms = '1500', callers = '1'] = process.argv.slice(2);
const work = { rs256, argon2id }[String(what)];
if (!work) throw new TypeError(`'${what}' is neither rs256 nor argon2id`);
const unit = work();
let units = 0;
const before = process.cpuUsage();
const counted = (): unknown => {
  units += 1;
  return unit();
};
const { perSecond } = await rate(counted, { concurrency: Number(callers), roundMs: Number(ms), rounds: 1 });
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${perSecond} ${(user + system) / 1000 / units}
`);

/** What is signed has the size of an ID token. */
function rs256(): () => unknown {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const token = randomBytes(600);
  return () => sign('sha256', token, privateKey);
}

function argon2id(): () => Promise<unknown> {
  const { memory, iterations: passes, parallelism, keyLength: tagLength, saltLength } = argon2Defaults;
  const cost = { message: 'alice has a long password', memory, passes, parallelism, tagLength };
  const derive = (nonce: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      argon2('argon2id', { ...cost, nonce }, (error, key) => (error ? reject(error) : resolve(key)));
    });
  const nonce = randomBytes(saltLength);
  const key = derive(nonce);
  return async () => {
    if (!timingSafeEqual(await derive(nonce), await key)) throw new Error('argon2id gave another key');
  };
}
