/**
 * Messages to a mail server (RFC 5321), one connection a message. The connection is encrypted, and its certificate checked,
 * unless the configuration loudly says otherwise; a password never travels in the clear by oversight.
 */
import { getCACertificates, type SecureVersion } from 'node:tls';
import { oneLine, withoutAddresses } from '@gatehouse/web/mail-text.ts';
import { createTransport } from 'nodemailer';
import { MailNotSent, type Message, type Notifier, type Recipient } from './notifier.ts';

export type SmtpOptions = {
  /** `submissions`: TLS from the first byte. The others: STARTTLS. */
  readonly scheme: 'smtp' | 'submission' | 'submissions';
  readonly host: string;
  readonly port: number;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly timeoutMs: number;
  /** What we call ourselves in EHLO. */
  readonly identifier: string;
  readonly sender: Recipient;
  /** With `{title}` where the message's title goes. */
  readonly subject: string;
  /** Go on in the clear if the server offers no STARTTLS. */
  readonly allowInsecureConnection: boolean;
  /** Never ask for STARTTLS. */
  readonly disableStartTls: boolean;
  readonly textOnly: boolean;
  readonly tls: {
    readonly serverName?: string;
    readonly skipVerify: boolean;
    readonly minimumVersion: SecureVersion;
    readonly maximumVersion: SecureVersion;
    /** PEM, for servers that want to know who calls. */
    readonly certificate?: string;
    readonly privateKey?: string;
    /** PEM, trusted beside the system's own. */
    readonly trusted?: readonly string[];
  };
};

/** Throws TypeError for options that would send the password in the clear without saying that this is meant. */
export function openSmtpNotifier(options: SmtpOptions, nowMs: () => number): Notifier {
  const { credentials, tls } = options;
  const implicitTls = options.scheme === 'submissions';
  if (credentials && options.disableStartTls && !implicitTls && !options.allowInsecureConnection)
    throw new TypeError(
      "'notifier.smtp.disable_starttls' would send the password in the clear. Take it away, use 'submissions://', or say with 'notifier.smtp.disable_require_tls: true' that this is meant.",
    );

  const transport = createTransport({
    host: options.host,
    port: options.port,
    name: options.identifier,
    secure: implicitTls,
    ignoreTLS: options.disableStartTls,
    requireTLS: !options.allowInsecureConnection && !options.disableStartTls,
    ...(credentials && { auth: { user: credentials.username, pass: credentials.password } }),
    connectionTimeout: options.timeoutMs,
    greetingTimeout: options.timeoutMs,
    socketTimeout: options.timeoutMs,
    dnsTimeout: options.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: {
      servername: tls.serverName ?? options.host,
      rejectUnauthorized: !tls.skipVerify,
      minVersion: tls.minimumVersion,
      maxVersion: tls.maximumVersion,
      ...(tls.certificate !== undefined && { cert: tls.certificate }),
      ...(tls.privateKey !== undefined && { key: tls.privateKey }),
      ...(tls.trusted && { ca: [...getCACertificates('default'), ...tls.trusted] }),
    },
  });

  function notSent(cause: unknown): MailNotSent {
    return new MailNotSent(
      `The mail server ${options.host}:${options.port} did not take the message: ${reasonOf(cause)}`,
      { cause: withoutAddresses(cause) },
    );
  }

  return {
    async send(message) {
      try {
        await transport.sendMail({ ...mailOf(message, options), date: new Date(nowMs()) });
      } catch (cause) {
        throw notSent(cause);
      }
    },
    async check() {
      try {
        await transport.verify();
      } catch (cause) {
        throw notSent(cause);
      }
    },
  };
}

function mailOf(message: Message, options: SmtpOptions) {
  const { sender, subject, textOnly } = options;
  return {
    from: { name: oneLine(sender.name), address: oneLine(sender.address) },
    to: { name: oneLine(message.to.name), address: oneLine(message.to.address) },
    subject: oneLine(subject.replaceAll('{title}', () => message.title)),
    text: message.text,
    ...(!textOnly && { html: message.html }),
    // RFC 3834: nobody's holiday reply should answer this.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** By the codes of nodemailer: what happened and what to do. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return "it refused the login. Check 'notifier.smtp.username' and 'notifier.smtp.password'.";
    case 'ETLS':
      return "an encrypted connection could not be made. If the server has a certificate of its own authority, put that into 'certificates_directory'; only a server without TLS needs 'disable_require_tls'.";
    case 'EENVELOPE':
      return "it refused the sender or the recipient. Check 'notifier.smtp.sender' and the person's mail address.";
    case 'EDNS':
      return "its name is not known. Check 'notifier.smtp.address'.";
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'ETIMEDOUT':
      return "it does not answer, or its certificate is not trusted. Check 'notifier.smtp.address' and that the server runs.";
    default:
      return 'it refused it. The cause below is in its words.';
  }
}
