/** A labelled input. It keeps what was typed when the caller hands it back, and is tied to the notice when it is wrong. */
import { html } from 'hono/html';
import type { Html } from './look.ts';
import { noticeId } from './notice.ts';

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'email';
  /** HTML autofill name: `username`, `current-password`, `one-time-code`, `new-password`. */
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: string;
  /** Stands opposite the label, and comes after the field for whoever goes by keyboard. */
  readonly aside?: Html;
  readonly inputmode?: 'numeric' | 'email' | 'text';
  readonly autofocus?: boolean;
  readonly readonly?: boolean;
  readonly wrong?: boolean;
  readonly lengthMax?: number;
  /** The large, spaced digits of a code. The label is then for screen readers only. */
  readonly code?: boolean;
};

export function field(about: Field): Html {
  const id = `field-${about.name}`;
  const hintId = `${id}-hint`;
  const describedBy = [about.wrong && noticeId, about.hint && hintId].filter(Boolean).join(' ');
  return html`<div class="field">
<div class="field-line${about.code ? ' hidden' : ''}"><label for="${id}">${about.label}</label></div>
<input class="input${about.code ? ' input-code' : ''}" id="${id}" name="${about.name}" type="${about.type}" autocomplete="${about.autocomplete}" autocapitalize="none" autocorrect="off" spellcheck="false" required${[
    about.value !== undefined && html` value="${about.value}"`,
    about.inputmode && html` inputmode="${about.inputmode}"`,
    about.lengthMax && html` maxlength="${about.lengthMax}"`,
    about.autofocus && html` autofocus`,
    about.readonly && html` readonly`,
    about.wrong && html` aria-invalid="true"`,
    describedBy && html` aria-describedby="${describedBy}"`,
  ].map((attribute) => attribute || '')}>
${about.aside ? html`<div class="field-aside">${about.aside}</div>` : ''}
${about.hint ? html`<p class="field-hint" id="${hintId}">${about.hint}</p>` : ''}
</div>`;
}
