/**
 * A message to a mail server (RFC 5321), one connection a message. Whoever sends is told in between, when the server is
 * there and would take a message, so that a process that dies knows afterwards how far it came. Knows no notification.
 */
import { oneLine, withoutAddresses } from '@gatehouse/web/mail-text.ts';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isThisMachine, type MailSettings } from '../configuration/mail.ts';

export type OutgoingMail = {
  /** Stays the same when it is sent again, so that a mail program knows it (RFC 5322 section 3.6.4). */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type Mailer = {
  /**
   * Resolves when the server took the message over. `beforeHandingOver` runs once a server is there and knows us; if it
   * rejects, nothing is sent. Throws `MailNotSent`.
   */
  send(mail: OutgoingMail, beforeHandingOver: () => Promise<void>): Promise<void>;
};

/** The message was not taken. Its text and its cause hold no mail address: both may be logged. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  readonly code = 'mail-not-sent';
}

export type MailerOptions = {
  readonly settings: MailSettings;
  readonly siteName: string;
  readonly appUrl: string;
  readonly now: () => number;
};

const timeoutMs = 15_000;

export function openMailer({ settings, siteName, appUrl, now }: MailerOptions): Mailer {
  const { hostname } = new URL(appUrl);
  const sender = { name: oneLine(siteName), address: settings.returnAddress };

  function compose({ id, to, subject, text, html }: OutgoingMail): Promise<Buffer> {
    const message = new MailComposer({
      from: sender,
      to: { name: oneLine(to.name), address: oneLine(to.address) },
      subject: oneLine(subject),
      text,
      html,
      date: new Date(now()),
      messageId: `<${id}@${hostname}>`,
      headers: {
        // RFC 3834: nobody's holiday reply should answer this.
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe': `<${appUrl}/settings/notifications>`,
      },
    });
    return new Promise((resolve, reject) => {
      message.compile().build((failure, built) => (failure || !built ? reject(failure) : resolve(built)));
    });
  }

  return {
    async send(mail, beforeHandingOver) {
      const message = await compose(mail);
      const connection = await connectToAny(settings, hostname);
      try {
        if (settings.login) await logIn(connection, settings);
        await beforeHandingOver();
        const envelope = { from: sender.address, to: [oneLine(mail.to.address)] };
        await called(connection, (done) => connection.send(envelope, message, done));
      } catch (cause) {
        throw notSent(connection, cause);
      } finally {
        connection.quit();
      }
    },
  };
}

async function connectToAny(settings: MailSettings, name: string): Promise<SMTPConnection> {
  const failures: MailNotSent[] = [];
  for (const { host, port } of settings.servers) {
    const connection = new SMTPConnection({
      host,
      port,
      name,
      secure: settings.encryption === 'implicit',
      requireTLS: settings.encryption === 'required',
      ignoreTLS: settings.encryption === 'none',
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      tls: { servername: host, rejectUnauthorized: !settings.skipVerify, minVersion: 'TLSv1.2' },
    });
    try {
      await called(connection, (done) => connection.connect(done));
      return connection;
    } catch (cause) {
      connection.close();
      failures.push(notSent(connection, cause));
    }
  }
  throw failures.at(-1) ?? new MailNotSent('No mail server is configured');
}

async function logIn(connection: SMTPConnection, { login }: MailSettings): Promise<void> {
  if (!connection.secure && !isThisMachine(connection.host))
    throw new MailNotSent(
      'The mail server offers no encryption, so the password was not sent. Set LEAN_EMAIL_SMTP_SECURE=ssl, or LEAN_EMAIL_SMTP_AUTH=false',
    );
  const credentials = { user: login?.username ?? '', pass: login?.password ?? '' };
  await called(connection, (done) => connection.login({ credentials }, done));
}

/** A step of the talk. A connection tells some failures to who waits and others as an event. */
function called(connection: SMTPConnection, act: (done: (failure?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The connection ended')));
    act((failure) => (failure ? reject(failure) : resolve()));
  });
}

function notSent({ host, port }: SMTPConnection, cause: unknown): MailNotSent {
  if (cause instanceof MailNotSent) return cause;
  return new MailNotSent(`The mail server ${host}:${port} did not take the message: ${reasonOf(cause)}`, {
    cause: withoutAddresses(cause),
  });
}

/** By the codes of nodemailer: what happened and what to do. */
function reasonOf(cause: unknown): string {
  switch (cause instanceof Error && 'code' in cause ? cause.code : undefined) {
    case 'EAUTH':
    case 'ENOAUTH':
      return 'it refused the login. Check LEAN_EMAIL_SMTP_USERNAME and LEAN_EMAIL_SMTP_PASSWORD.';
    case 'ETLS':
      return 'an encrypted connection could not be made. Check LEAN_EMAIL_SMTP_SECURE; for an authority of the house, set NODE_EXTRA_CA_CERTS.';
    case 'EENVELOPE':
      return "it refused the sender or the recipient. Check LEAN_EMAIL_RETURN and the person's mail address.";
    case 'EDNS':
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'ETIMEDOUT':
      return 'it does not answer, or its certificate is not trusted. Check LEAN_EMAIL_SMTP_HOSTS and LEAN_EMAIL_SMTP_PORT.';
    default:
      return 'it refused it. The cause below is in its words.';
  }
}
