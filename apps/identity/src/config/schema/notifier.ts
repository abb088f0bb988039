/** `notifier`: how mail leaves the house, and what is mailed beyond what must be. */
import { parseMailbox } from '../values/mail-address.ts';
import { address, durationOr, flag, parsed, section, text } from './kit.ts';
import { tls } from './tls.ts';

const mailbox = () => parsed('a mail address', parseMailbox);

export const notifier = section({
  disable_startup_check: flag(),
  template_path: text().prefault(''),
  sign_in_from_new_place: flag(),
  filesystem: section({ filename: text().prefault('') }).optional(),
  smtp: section({
    address: address({ schemes: ['smtp', 'submission', 'submissions'], defaultScheme: 'smtp' }).optional(),
    username: text().prefault(''),
    password: text().prefault(''),
    timeout: durationOr(5),
    identifier: text().prefault('localhost'),
    sender: mailbox().optional(),
    subject: text().prefault('[Authelia] {title}'),
    startup_check_address: mailbox().prefault('test@authelia.com'),
    disable_require_tls: flag(),
    disable_starttls: flag(),
    disable_html_emails: flag(),
    tls: tls().prefault({}),
  }).optional(),
});
