/** A mailbox as RFC 5322 section 3.4 writes it: `alice@example.com` or `Gatehouse <alice@example.com>`. */
import { type Outcome, refused, value } from './outcome.ts';

export type Mailbox = { readonly name: string; readonly address: string };

const cure = "Write 'name@example.com' or 'Some Name <name@example.com>'.";
const specification = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

export function parseMailbox(text: string): Outcome<Mailbox> {
  const trimmed = text.trim();
  const angled = /^([^<>\r\n]*)<([^<>\s]+)>$/.exec(trimmed);
  const address = angled ? (angled[2] ?? '') : trimmed;
  if (!specification.test(address) || address.includes('..')) return refused('is not a mail address', cure);
  const name = (angled?.[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('\\"', '"');
  return value({ name, address });
}
