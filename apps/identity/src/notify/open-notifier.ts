/** From the configuration's `notifier` to the one that sends: a mail server, or a file. */
import type { Configuration } from '../config/configuration.ts';
import { type Trusted, tlsVersion } from '../tls-client.ts';
import { openFilesystemNotifier } from './filesystem-notifier.ts';
import type { Notifier } from './notifier.ts';
import type { SmtpOptions } from './smtp-notifier.ts';

type NotifierSection = Configuration['notifier'];

/** What is not configured is not loaded. Throws TypeError for a section that the rules should have refused. */
export async function openNotifier(section: NotifierSection, trusted: Trusted, nowMs: () => number): Promise<Notifier> {
  if (section.filesystem) return openFilesystemNotifier({ filename: section.filesystem.filename, nowMs });
  if (section.smtp) {
    const { openSmtpNotifier } = await import('./smtp-notifier.ts');
    return openSmtpNotifier(smtpOptions(section.smtp, trusted), nowMs);
  }
  throw new TypeError('the configuration names no notifier');
}

function smtpOptions(smtp: NonNullable<NotifierSection['smtp']>, trusted: Trusted): SmtpOptions {
  const { address, sender, tls } = smtp;
  if (address?.kind !== 'network' || !sender) throw new TypeError('notifier.smtp needs an address and a sender');
  return {
    scheme: address.scheme as 'smtp' | 'submission' | 'submissions',
    host: address.host,
    port: address.port,
    ...(smtp.username !== '' && { credentials: { username: smtp.username, password: smtp.password } }),
    timeoutMs: smtp.timeout * 1000,
    identifier: smtp.identifier,
    sender,
    subject: smtp.subject,
    allowInsecureConnection: smtp.disable_require_tls,
    disableStartTls: smtp.disable_starttls,
    textOnly: smtp.disable_html_emails,
    tls: {
      ...(tls.server_name && { serverName: tls.server_name }),
      ...(trusted && { trusted }),
      skipVerify: tls.skip_verify,
      minimumVersion: tlsVersion(tls.minimum_version),
      maximumVersion: tlsVersion(tls.maximum_version),
      ...(tls.certificate_chain && { certificate: tls.certificate_chain.map((each) => each.toString()).join('') }),
      ...(tls.private_key && { privateKey: tls.private_key.key.export({ type: 'pkcs8', format: 'pem' }).toString() }),
    },
  };
}
