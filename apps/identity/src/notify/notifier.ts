/**
 * The seam between what has to be said to a person and how a message leaves the house: `filesystem-notifier.ts` or
 * `smtp-notifier.ts`. A notifier knows nothing of codes, factors or pages.
 */

import type { Templated } from './templates.ts';

export type Recipient = { readonly name: string; readonly address: string };

export type Message = {
  readonly to: Recipient;
  /** Of a few words, one line: what the subject says. */
  readonly title: string;
  readonly text: string;
  readonly html: string;
  /** For an administrator's own templates. */
  readonly templated: Templated;
};

export interface Notifier {
  /** Resolves when the message was taken over. Throws `MailNotSent`. */
  send(message: Message): Promise<void>;
  /** Whether messages could be sent now, for the start of the program. Throws `MailNotSent`. */
  check(): Promise<void>;
}

/** The message did not leave. Its text and its cause hold no mail address: both may be logged. */
export class MailNotSent extends Error {
  readonly code = 'mail-not-sent';
  override readonly name = 'MailNotSent';
}
