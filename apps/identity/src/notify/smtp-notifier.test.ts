import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { createServer } from 'node:tls';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { type SmtpSink, startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Message } from './notifier.ts';
import { openSmtpNotifier, type SmtpOptions } from './smtp-notifier.ts';

const nowMs = () => Date.UTC(2026, 10, 23, 21, 4);
const message: Message = {
  to: { name: 'Alice', address: 'alice@example.com' },
  title: 'A title',
  text: 'Some text.\n',
  html: '<p>Some text.</p>',
  templated: { name: 'Event', values: {} },
};

function optionsFor(sink: { port: number }, changed: Partial<SmtpOptions> = {}): SmtpOptions {
  return {
    scheme: 'smtp',
    host: 'localhost',
    port: sink.port,
    timeoutMs: 5000,
    identifier: 'auth.example.com',
    sender: { name: 'Gatehouse', address: 'gatehouse@example.com' },
    subject: '[Authelia] {title}',
    allowInsecureConnection: false,
    disableStartTls: false,
    textOnly: false,
    tls: { skipVerify: false, minimumVersion: 'TLSv1.2', maximumVersion: 'TLSv1.3' },
    ...changed,
  };
}

const inTheClear = { allowInsecureConnection: true } as const;

describe('a message over an encrypted connection', () => {
  const login = { username: 'gatehouse', password: 'a secret' };

  async function openHouse() {
    const folder = temporaryFolder('smtp');
    const certificates = makeCertificates(folder.path, []);
    const sink = await startSmtpSink({ certificates, login });
    const trusted = [readFileSync(certificates.caPath, 'utf8')];
    const tls = { ...optionsFor(sink).tls, trusted };
    const dispose = async () => {
      await sink.stop();
      await folder.remove();
    };
    return { sink, certificates, tls, [Symbol.asyncDispose]: dispose };
  }

  test('arrives after STARTTLS and a login, with the subject of the configuration', async () => {
    await using house = await openHouse();
    const options = optionsFor(house.sink, { credentials: login, tls: house.tls, scheme: 'submission' });
    const notifier = openSmtpNotifier(options, nowMs);
    await notifier.check();
    await notifier.send(message);
    const mail = await house.sink.next();
    assert.equal(mail.subject, '[Authelia] A title');
    assert.deepEqual([mail.from, mail.to], ['gatehouse@example.com', ['alice@example.com']]);
    assert.equal(mail.header('from'), 'Gatehouse <gatehouse@example.com>');
    assert.equal(mail.header('date'), 'Mon, 23 Nov 2026 21:04:00 +0000');
    assert.equal(mail.header('auto-submitted'), 'auto-generated');
    assert.match(mail.text, /^Some text\./);
    assert.match(mail.raw, /Content-Type: text\/html/);
  });

  test('does not leave when nobody we trust vouches for the server', async () => {
    await using house = await openHouse();
    const notifier = openSmtpNotifier(optionsFor(house.sink, { credentials: login }), nowMs);
    await assert.rejects(notifier.check(), { code: 'mail-not-sent' });
    await assert.rejects(notifier.send(message), { code: 'mail-not-sent' });
    assert.equal(house.sink.mails.length, 0);
  });

  test('does not leave when the certificate is for another name', async () => {
    await using house = await openHouse();
    const tls = { ...house.tls, serverName: 'mail.example.com' };
    const notifier = openSmtpNotifier(optionsFor(house.sink, { credentials: login, tls }), nowMs);
    await assert.rejects(notifier.send(message), { code: 'mail-not-sent' });
    assert.equal(house.sink.mails.length, 0);
  });

  test('leaves unchecked only where the configuration says skip_verify', async () => {
    await using house = await openHouse();
    const tls = { ...optionsFor(house.sink).tls, skipVerify: true };
    await openSmtpNotifier(optionsFor(house.sink, { credentials: login, tls }), nowMs).send(message);
    assert.equal((await house.sink.next()).subject, '[Authelia] A title');
  });

  test('is refused with a wrong login, and the failure says which keys to look at', async () => {
    await using house = await openHouse();
    const credentials = { ...login, password: 'another' };
    const notifier = openSmtpNotifier(optionsFor(house.sink, { credentials, tls: house.tls }), nowMs);
    await assert.rejects(notifier.check(), { code: 'mail-not-sent', message: /notifier\.smtp\.password/ });
    await assert.rejects(notifier.send(message), (failure: Error) => {
      assert.ok(!JSON.stringify([failure.message, String(failure.cause)]).includes('another'));
      return true;
    });
  });

  test('submissions means TLS from the first byte', async () => {
    await using house = await openHouse();
    await using plain = await startSmtpSink();
    const { keyPath, chainPath } = house.certificates;
    const front = createServer({ key: readFileSync(keyPath), cert: readFileSync(chainPath) }, (socket) => {
      socket.pipe(connect(plain.port, plain.host)).pipe(socket);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const address = front.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await openSmtpNotifier(optionsFor({ port }, { scheme: 'submissions', tls: house.tls }), nowMs).send(message);
    assert.equal((await plain.next()).subject, '[Authelia] A title');
    await new Promise((resolve) => front.close(resolve));
  });
});

describe('a server without TLS', () => {
  async function received(changed: Partial<SmtpOptions>, sent = message) {
    await using sink = await startSmtpSink();
    await openSmtpNotifier(optionsFor(sink, { ...inTheClear, ...changed }), nowMs).send(sent);
    return await sink.next();
  }

  test('gets nothing unless the configuration says so', async () => {
    await using sink: SmtpSink = await startSmtpSink();
    const notifier = openSmtpNotifier(optionsFor(sink), nowMs);
    await assert.rejects(notifier.check(), { code: 'mail-not-sent' });
    await assert.rejects(notifier.send(message), { code: 'mail-not-sent' });
    assert.equal(sink.mails.length, 0);
    await openSmtpNotifier(optionsFor(sink, inTheClear), nowMs).send(message);
    assert.equal(sink.mails.length, 1);
  });

  test('gets no password by oversight', () => {
    const credentials = { username: 'gatehouse', password: 'a secret' };
    const options = optionsFor({ port: 25 }, { credentials, disableStartTls: true });
    assert.throws(() => openSmtpNotifier(options, nowMs), TypeError);
  });

  test('gets text alone where HTML is switched off', async () => {
    const mail = await received({ textOnly: true });
    assert.ok(!mail.raw.includes('text/html'));
    assert.match(mail.text, /^Some text\./);
  });

  test('gets the title where the subject says so, and nothing that a title may hold is a pattern', async () => {
    assert.equal((await received({ subject: 'Gate: {title}' }, { ...message, title: "$& $'" })).subject, "Gate: $& $'");
  });

  test('gets no header, recipient or command that was hidden in a name, a title or an address', async () => {
    const hidden = '\r\nBcc: bob@example.com\r\nX-Hidden: 1\r\n\r\nbody\r\n.\r\nMAIL FROM:<x@y.example>';
    const mail = await received({}, { ...message, title: hidden, to: { name: hidden, address: 'alice@example.com' } });
    assert.deepEqual(mail.to, ['alice@example.com']);
    assert.equal(mail.header('bcc'), undefined);
    assert.equal(mail.header('x-hidden'), undefined);
    const address = `alice@example.com>${hidden}`;
    await received({}, { ...message, to: { name: 'Alice', address } }).then(
      (odd) => assert.ok(!odd.to.includes('bob@example.com') && odd.header('x-hidden') === undefined),
      (failure: { code?: string }) => assert.equal(failure.code, 'mail-not-sent'),
    );
  });
});

test('a server that does not answer is a failure that names the server and no mail address', async () => {
  const notifier = openSmtpNotifier(optionsFor({ port: await freePort() }, inTheClear), nowMs);
  await assert.rejects(notifier.send(message), (failure: Error & { code?: string }) => {
    assert.equal(failure.code, 'mail-not-sent');
    assert.match(failure.message, /mail server localhost:\d+/);
    assert.ok(!`${failure.message} ${String(failure.cause)} ${failure.stack}`.includes('@example.com'));
    return true;
  });
});
