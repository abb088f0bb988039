/** Webhooks of a project, as the API shows them: an address that is told what happens. */
import { marked } from '@gatehouse/words/say.ts';
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
  .max(2_000, marked('At most {max} characters.'))
  .refine((text) => isWebAddress(text), marked('Write an address such as https://example.com/hook.'))
  .refine(
    (text) => !isWebAddress(text) || isSafe(new URL(text)),
    marked(
      'Plain http leads only to localhost and names under it, such as http://hook.localhost:8080. Write https, or such a name.',
    ),
  );
const kinds = z.array(z.enum(changeKinds)).min(1, marked('Choose at least one.')).max(changeKinds.length);

export const createWebhookRequest = z.strictObject({ creationKey, url, kinds });
export type CreateWebhookRequest = z.infer<typeof createWebhookRequest>;

/** `on: true` also after it was switched off by itself. */
export const editWebhookRequest = z.strictObject({
  url: url.optional(),
  kinds: kinds.optional(),
  on: z.boolean().optional(),
});
export type EditWebhookRequest = z.infer<typeof editWebhookRequest>;

/** A name and a password have no place in it. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + hash === '';
}

/** https anywhere, http for names under localhost. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
