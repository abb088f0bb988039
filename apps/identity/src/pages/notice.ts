/** A notice above a form: what happened, then what to do. An error is announced and tied to its field by `id`. */
import { html } from 'hono/html';
import type { Html } from './look.ts';

export type Notice = { readonly kind: 'danger' | 'good' | 'plain'; readonly text: Html | string };

/** The `id` that a field names in `aria-describedby`. */
export const noticeId = 'notice';

export function notice({ kind, text }: Notice): Html {
  const role = kind === 'danger' ? 'alert' : 'status';
  return html`<div class="notice notice-${kind}" role="${role}" id="${noticeId}"><div>${text}</div></div>`;
}
