/** A mail server that keeps what it is sent, with STARTTLS under the test's own authority and, if asked, a login. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Certificates } from './certificates.ts';
import { type Mail, readMail } from './mail.ts';

export type SmtpSink = AsyncDisposable & {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** All that came so far, oldest first. */
  readonly mails: readonly Mail[];
  /** The first mail not yet taken, waiting for it if need be. */
  next(): Promise<Mail>;
  /** From now on answers so instead of taking a mail (RFC 5321 section 4.2), with the recipient in its words; `accept` ends it. */
  refuse(command: SmtpCommand, code: number): void;
  accept(): void;
  stop(): Promise<void>;
};

export type SmtpCommand = 'MAIL' | 'RCPT' | 'DATA';

export type SmtpSinkOptions = {
  /** Present: STARTTLS is offered and needed. Absent: not offered. */
  readonly certificates?: Certificates;
  /** Default: a free one. */
  readonly port?: number;
  /** Present: a login is needed. */
  readonly login?: { readonly username: string; readonly password: string };
};

export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { certificates, login } = options;
  const mails: Mail[] = [];
  const takers: ((mail: Mail) => void)[] = [];
  let taken = 0;
  let refusal: { readonly command: SmtpCommand; readonly code: number } | undefined;

  function refusalOf(command: SmtpCommand, address: string): Error | undefined {
    if (refusal?.command !== command) return undefined;
    return Object.assign(new Error(`<${address}>: not now`), { responseCode: refusal.code });
  }

  function keep(mail: Mail): void {
    mails.push(mail);
    const taker = takers.shift();
    if (!taker) return;
    taken += 1;
    taker(mail);
  }

  const server = new SMTPServer({
    disabledCommands: [...(certificates ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    allowInsecureAuth: certificates === undefined,
    authOptional: login === undefined,
    ...(certificates && { key: readFileSync(certificates.keyPath), cert: readFileSync(certificates.chainPath) }),
    onAuth({ username, password }, _session, callback) {
      if (login && username === login.username && password === login.password) callback(null, { user: username });
      else callback(new Error('Invalid username or password'));
    },
    onMailFrom({ address }, session, callback) {
      if (certificates && !session.secure) callback(new Error('Must issue a STARTTLS command first'));
      else callback(refusalOf('MAIL', address));
    },
    onRcptTo({ address }, _session, callback) {
      callback(refusalOf('RCPT', address));
    },
    onData(stream, session, callback) {
      text(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        const refused = refusalOf('DATA', rcptTo[0]?.address ?? '');
        if (refused) return callback(refused);
        keep(
          readMail(
            raw,
            mailFrom ? mailFrom.address : '',
            rcptTo.map(({ address }) => address),
          ),
        );
        callback();
      }, callback);
    },
  });
  // A client that breaks off in the middle is that client's test, not a failure of this server.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');

  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return {
    host: '127.0.0.1',
    port: address.port,
    mails,
    next() {
      const mail = mails[taken];
      if (!mail) return new Promise((resolve) => takers.push(resolve));
      taken += 1;
      return Promise.resolve(mail);
    },
    refuse(command, code) {
      refusal = { command, code };
    },
    accept() {
      refusal = undefined;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
