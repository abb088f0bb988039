/** The body of a worker thread that computes bcrypt and SHA-crypt: a digest and a secret in, the derived key out. */
import { parentPort } from 'node:worker_threads';
import { deriveScriptKey, type ScriptDigest } from './digest.ts';

export type DigestTask = { readonly digest: ScriptDigest; readonly secret: string };

parentPort?.on('message', ({ digest, secret }: DigestTask) => {
  parentPort?.postMessage(deriveScriptKey(digest, secret));
});
