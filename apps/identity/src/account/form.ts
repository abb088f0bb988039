/** The pieces that forms of an account share: hidden fields and a choice among a few. */
import { html } from 'hono/html';
import type { Html } from '../pages/look.ts';

/** Hidden fields; those without a value are left out. */
export function hiddenFields(fields: Readonly<Record<string, string | undefined>>): Html {
  return html`${Object.entries(fields).map(([name, value]) =>
    value === undefined ? '' : html`<input type="hidden" name="${name}" value="${value}">`,
  )}`;
}

export type Choice = { readonly value: string; readonly label: string };

/** Nothing where there is nothing to choose. */
export function choiceField(name: string, label: string, choices: readonly Choice[], chosen: string): Html {
  if (choices.length < 2) return '';
  return html`<div class="field"><div class="field-line"><label for="field-${name}">${label}</label></div>
<select class="input" id="field-${name}" name="${name}">${choices.map(
    (choice) =>
      html`<option value="${choice.value}"${choice.value === chosen ? html` selected` : ''}>${choice.label}</option>`,
  )}</select></div>`;
}
