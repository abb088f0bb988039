/** Webhooks of a project, as the API shows them: an address that is told what happens. */
import { z } from 'zod';
import { type ChangeKind, changeKinds } from './change.ts';
import { creationKey } from './fields.ts';

export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly ChangeKind[];
  /** `failed`: switched off after it took nothing for long, or said that it is gone. */
  readonly state: 'on' | 'off' | 'failed';
  readonly createdAt: string;
};

export type WebhooksAnswer = { readonly webhooks: readonly Webhook[] };
export type WebhookAnswer = { readonly webhook: Webhook };
/** `secret` signs what is sent; it is told when it is made and never again. */
export type NewWebhookAnswer = { readonly webhook: Webhook; readonly secret: string };

export type Delivery = {
  readonly id: string;
  readonly kind: ChangeKind | 'ping';
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  /** Of the last attempt; null where no answer came. */
  readonly status: number | null;
  /** Why the last attempt did not arrive. */
  readonly problem: string | null;
  readonly createdAt: string;
  readonly nextAt: string | null;
};

export type DeliveriesAnswer = { readonly deliveries: readonly Delivery[] };
export type DeliveryAnswer = { readonly delivery: Delivery };

const url = z
  .string()
  .trim()
  .max(2_000, 'At most 2000 characters.')
  .refine((text) => isWebhookUrl(text), 'Write an address such as https://example.com/hook.');
const kinds = z.array(z.enum(changeKinds)).min(1, 'Choose at least one.').max(changeKinds.length);

export const createWebhookRequest = z.strictObject({ creationKey, url, kinds });
export type CreateWebhookRequest = z.infer<typeof createWebhookRequest>;

/** `on: true` also after it was switched off by itself. */
export const editWebhookRequest = z.strictObject({
  url: url.optional(),
  kinds: kinds.optional(),
  on: z.boolean().optional(),
});
export type EditWebhookRequest = z.infer<typeof editWebhookRequest>;

/** https anywhere, http for names under localhost; a name and a password have no place in it. */
export function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return (protocol === 'https:' || (protocol === 'http:' && isLocal)) && username + password + hash === '';
}
