import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { makeCertificates } from './certificates.ts';
import { needs } from './needs.ts';
import { startSmtpSink } from './smtp-sink.ts';
import { temporaryFolder } from './temporary-folder.ts';

const mail = {
  from: 'gatehouse@example.com',
  to: 'alice@example.com',
  subject: 'Zurück zum Konto',
  text: 'Your code: 1234\nGrüße = ok\n',
  html: '<p>Your code: <b>1234</b></p>',
};

test('a mail over STARTTLS and a login is kept and readable', { skip: needs('openssl') }, async () => {
  await using folder = temporaryFolder('mail');
  const certificates = makeCertificates(folder.path, ['mail.example.com']);
  const login = { username: 'gatehouse', password: 'secret' };
  await using sink = await startSmtpSink({ certificates, login });
  const transport = createTransport({
    host: sink.host,
    port: sink.port,
    requireTLS: true,
    tls: { ca: readFileSync(certificates.caPath), servername: 'mail.example.com' },
    auth: { user: login.username, pass: login.password },
  });
  await transport.sendMail(mail);
  const kept = await sink.next();
  assert.deepEqual([kept.from, kept.to, kept.subject], [mail.from, [mail.to], mail.subject]);
  assert.equal(kept.text.replaceAll('\r\n', '\n').trim(), mail.text.trim());
});

test('a sender that never starts TLS is refused', { skip: needs('openssl') }, async () => {
  await using folder = temporaryFolder('mail');
  await using sink = await startSmtpSink({ certificates: makeCertificates(folder.path, []) });
  const transport = createTransport({ host: sink.host, port: sink.port, ignoreTLS: true });
  await assert.rejects(transport.sendMail(mail), /STARTTLS/);
  assert.equal(sink.mails.length, 0);
});

test('a server that refuses says so at the command it is told, keeps nothing, and takes mails again', async () => {
  await using sink = await startSmtpSink();
  const transport = createTransport({ host: sink.host, port: sink.port, ignoreTLS: true });
  for (const command of ['MAIL', 'RCPT', 'DATA'] as const)
    for (const responseCode of [451, 550]) {
      sink.refuse(command, responseCode);
      await assert.rejects(transport.sendMail(mail), { responseCode });
    }
  assert.equal(sink.mails.length, 0);
  sink.accept();
  await transport.sendMail(mail);
  assert.equal(sink.mails.length, 1);
});
