/**
 * How a delivery is signed: the headers of Standard Webhooks 1.0 (standardwebhooks.com), so that its libraries check it. The
 * time is signed too, which lets a receiver refuse what somebody recorded and sends again later.
 */
import { createHmac, randomBytes } from 'node:crypto';

const secretPrefix = 'whsec_';

export function makeWebhookSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

export type Signed = {
  readonly id: string;
  /** Of this attempt. */
  readonly atMs: number;
  readonly body: string;
};

export function signatureHeaders(secret: string, { id, atMs, body }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
