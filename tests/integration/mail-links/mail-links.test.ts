/** The links of mails name the portal of the configuration, whatever host a request claims, as they arrive at a real mailbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { Secret, TOTP } from 'otpauth';
import type { Answer, HttpPerson } from '../../house/http-person.ts';
import { mailBy } from '../../house/mail.ts';
import { startIdentity } from '../reload/running-identity.ts';

const evil = 'evil.example';

/** From the mailed code to a key of the person's, with these headers on every request. */
async function enrol(
  person: HttpPerson,
  username: string,
  asked: Answer,
  code: string,
  headers: Record<string, string>,
): Promise<void> {
  const request = parameterOf(asked, 'request');
  const proven = await person.post('/settings/two-factor/proof', { request, action: 'add', code }, headers);
  const page = await person.get(proven.headers.location ?? assert.fail(proven.body), headers);
  const secret = /<code class="secret"[^>]*>([^<]+)</.exec(page.body)?.[1]?.replaceAll(/\s/g, '') ?? '';
  const key = new TOTP({ label: username, secret: Secret.fromBase32(secret) });
  const form = { enrolment: parameterOf(proven, 'enrolment'), code: key.generate() };
  const confirmed = await person.post('/settings/two-factor/one-time-code/confirm', form, headers);
  assert.equal(confirmed.status, 303, confirmed.body);
}

function parameterOf({ headers, body }: Answer, name: string): string {
  const location = new URL(headers.location ?? assert.fail(body), 'https://auth.example.com');
  return location.searchParams.get(name) ?? assert.fail(location.href);
}

test('attack 25: no mail takes a host from a request: not that of a new password, of a code, or of a factor that was added', async () => {
  await using sink = await startSmtpSink();
  await using identity = await startIdentity({ replace: mailBy(sink) });
  const { alice } = identity.people;
  const signedIn = identity.visitor();
  const { username, password } = alice;
  assert.equal((await signedIn.post('/sign-in/portal/password', { username, password })).status, 303);
  const ask = (headers: Record<string, string>, from: string) =>
    identity.visitor().post('/reset-password', { username }, { 'X-Forwarded-For': from, ...headers });
  const askForCode = (headers: Record<string, string>) =>
    signedIn.post('/settings/two-factor/one-time-code', { action: 'add' }, headers);

  // A name that is no portal's gets no page and no mail, whichever header brings it.
  const foreign: Record<string, string>[] = [
    { Host: evil, 'X-Forwarded-Host': evil },
    { 'X-Forwarded-Host': evil },
    { Host: evil, 'X-Forwarded-Host': `auth.example.com, ${evil}` },
    { 'X-Forwarded-Host': `auth.example.com@${evil}` },
    { 'X-Forwarded-Host': `auth.example.com.${evil}` },
    { 'X-Forwarded-Host': `auth.example.com:8443` },
    { 'X-Forwarded-Proto': 'http' },
  ];
  for (const claim of foreign) {
    assert.equal((await ask(claim, '192.0.2.1')).status, 421, JSON.stringify(claim));
    assert.equal((await askForCode(claim)).status, 421, JSON.stringify(claim));
  }

  // Headers that do not count are passed over.
  const claims = {
    Host: evil,
    Forwarded: `host=${evil};proto=https`,
    'X-Forwarded-Server': evil,
    'X-Original-URL': `https://${evil}/`,
    'X-Original-Host': evil,
    'X-Rewrite-URL': `https://${evil}/`,
    'X-Authelia-URL': `https://${evil}/`,
    Referer: `https://${evil}/`,
  };
  assert.equal((await ask(claims, '192.0.2.2')).status, 303);
  const reset = await sink.next();
  const asked = await askForCode(claims);
  assert.equal(asked.status, 303);
  const code = await sink.next();
  await enrol(signedIn, username, asked, /^\s*([A-Z0-9]{8})\s*$/m.exec(code.text)?.[1] ?? '', claims);
  const added = await sink.next();
  assert.match(added.subject, /A one-time code was added/);
  assert.match(reset.text, /^https:\/\/auth\.example\.com\/reset-password\/new\?token=\S+$/m);
  assert.match(reset.text, /^https:\/\/auth\.example\.com\/revoke\/reset-password\?id=\S+$/m);
  assert.match(code.text, /^https:\/\/auth\.example\.com\/revoke\/one-time-code\?id=\S+$/m);
  for (const mail of [reset, code, added]) {
    // Lines of quoted-printable are broken where they get too long (RFC 2045 section 6.7).
    const whole = mail.raw.replace(/=\r?\n/g, '');
    assert.doesNotMatch(whole, /evil/);
    const hosts = [...whole.matchAll(/https?:\/\/([^/\s"'<>]+)/g)].map(([, host]) => host);
    assert.deepEqual([...new Set(hosts)], mail === added ? [] : ['auth.example.com']);
  }
  await identity.child().stop();
  assert.equal(sink.mails.length, 3, 'and nothing else was mailed');
});
