/**
 * The mail of one configuration: whoever sends it, in the words of the house or in an administrator's, and telling owners what
 * happened with their account. It knows no occasion.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Afterwards } from '../afterwards.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Trusted } from '../tls-client.ts';
import type { Notifier } from './notifier.ts';
import { openNotifier } from './open-notifier.ts';
import type { SayTo } from './say-to.ts';
import { openTellOwner, type TellOwner } from './tell-owner.ts';
import { type MailTemplates, templatedNotifier } from './templates.ts';

export type Mail = { readonly notifier: Notifier; readonly tellOwner: TellOwner };

/** Throws what the check of a mail server throws, where the configuration does not leave it out. */
export async function openMail(
  { notifier: section }: Pick<Configuration, 'notifier'>,
  parts: {
    readonly sayTo: SayTo;
    readonly trusted: Trusted;
    /** An administrator's. */
    readonly templates: MailTemplates | undefined;
    readonly afterwards: Pick<Afterwards, 'background' | 'tryAgain' | 'notifier'>;
    readonly nowMs: () => number;
    readonly log: Pick<Log, 'warn' | 'error'>;
    /** One that is in force already is not checked again. */
    readonly which: 'new' | 'in force';
  },
): Promise<Mail> {
  const { sayTo, trusted, templates, afterwards, nowMs, log, which } = parts;
  const plain = await openNotifier(section, trusted, nowMs);
  if (which === 'new' && !section.disable_startup_check) await plain.check();
  const onFailure = (cause: unknown) => log.error({ err: cause }, 'A mail is sent in the words of the house');
  const notifier = templates ? templatedNotifier(plain, templates, onFailure) : plain;
  return { notifier, tellOwner: openTellOwner({ ...afterwards, sayTo, nowMs, log }) };
}
