/** The configuration of a running provider changes: by a signal and by what happens to its files. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { authorizationRequest, exchange } from '../../house/http-person.ts';
import { clientsYaml, clientYaml, signIn, startIdentity, userinfo } from './running-identity.ts';

const two = clientsYaml(clientYaml('leantime'), clientYaml('second'));

test('a client that is added signs people in after a reload, and the log names it', async () => {
  await using identity = await startIdentity();
  assert.equal((await identity.visitor().get(authorizationRequest({ clientId: 'second' }).path)).status, 400);
  identity.write('clients.yml', two);
  const line = await identity.reload();
  assert.deepEqual(line.clients_added, ['second']);
  assert.deepEqual([line.clients_removed, line.clients_changed, line.changed], [[], [], []]);
  assert.ok((await signIn(identity, { clientId: 'second' })).id_token);
});

test('a change of a file is seen without a signal', async () => {
  await using identity = await startIdentity({ watch: true });
  identity.write('clients.yml', two);
  assert.deepEqual((await identity.next(/in force/)).clients_added, ['second']);
  // Written in place this time.
  writeFileSync(join(identity.folder, 'clients.yml'), clientsYaml(clientYaml('leantime')));
  assert.deepEqual((await identity.next(/in force/)).clients_removed, ['second']);
});

test('a folder that is mounted and swapped by a link is seen', async () => {
  await using identity = await startIdentity({ watch: true });
  // As Kubernetes mounts a ConfigMap: the file is a link into a folder that a link names.
  const at = (name: string): string => join(identity.folder, name);
  for (const [name, clients] of [
    ['..one', clientsYaml(clientYaml('leantime'))],
    ['..two', two],
  ] as const) {
    mkdirSync(at(name));
    writeFileSync(at(`${name}/clients.yml`), clients);
  }
  symlinkSync('..one', at('..data'));
  symlinkSync('..data/clients.yml', at('clients.link'));
  renameSync(at('clients.link'), at('clients.yml'));
  identity.child().signal('SIGHUP');
  await identity.next(/in force/);
  symlinkSync('..two', at('..data_tmp'));
  renameSync(at('..data_tmp'), at('..data'));
  assert.deepEqual((await identity.next(/in force/)).clients_added, ['second']);
});

test('attack 55: a broken file keeps the old configuration', async () => {
  await using identity = await startIdentity();
  const { access_token } = await signIn(identity);
  for (const broken of [
    'identity_providers: [',
    clientsYaml(clientYaml('leantime', "        consent_mode: 'never'\n")),
    clientsYaml(clientYaml('second', "        unknown_key: 'x'\n")),
    '',
  ]) {
    identity.write('clients.yml', broken);
    const line = await identity.reload();
    assert.match(line.msg, /refused; the one before stays in force/);
    assert.equal(line.level, 'error');
    assert.equal((await userinfo(identity, access_token)).status, 200);
    assert.ok((await signIn(identity)).id_token);
  }
});

test('every problem of a refused file is logged with its place', async () => {
  await using identity = await startIdentity();
  identity.write('clients.yml', clientsYaml(clientYaml('leantime', '        surprise: 1\n        wonder: 2\n')));
  const { msg, problems } = await identity.reload();
  assert.equal(problems, 2);
  assert.match(msg, /clients\.yml:\d+: error at identity_providers\.oidc\.clients\[0\]\.surprise/);
  assert.match(msg, /clients\[0\]\.wonder/);
});

test('attack 55: no half-applied state when what a valid file asks for cannot be opened', async () => {
  await using identity = await startIdentity();
  const { access_token } = await signIn(identity);
  // The client goes, and the mail server that is to come does not answer.
  identity.write('clients.yml', clientsYaml(clientYaml('second')));
  const nowhere = `smtp:\n    address: 'smtp://127.0.0.1:1'\n    sender: 'gatehouse@example.com'`;
  identity.write(
    'rest.yml',
    identity.rest({ replace: (yaml) => yaml.replace(/ {2}filesystem:\n.*\n/, `  ${nowhere}\n`) }),
  );
  const line = await identity.reload();
  assert.match(line.msg, /could not be put in force/);
  assert.equal((await userinfo(identity, access_token)).status, 200);
  assert.ok((await signIn(identity)).id_token);
  assert.equal((await identity.visitor().get(authorizationRequest({ clientId: 'second' }).path)).status, 400);
  identity.write('rest.yml', identity.rest());
  assert.deepEqual((await identity.reload()).clients_removed, ['leantime']);
});

test('what needs a restart is named, and the running value stays', async () => {
  await using identity = await startIdentity();
  identity.write(
    'rest.yml',
    identity.rest({
      replace: (yaml) =>
        yaml
          .replace(/tcp:\/\/127\.0\.0\.1:\d+/, 'tcp://127.0.0.1:1')
          .replace('identity.sqlite3', 'other.sqlite3')
          .replace("domain: 'example.com'", "domain: 'example.com'\n      inactivity: '1 hour'"),
    }),
  );
  const line = await identity.reload();
  assert.deepEqual(line.changed, ['session.cookies[0].inactivity']);
  const { keys } = await identity.next(/only after a restart/);
  assert.deepEqual(keys, ['server.address', 'storage.local.path']);
  assert.ok((await signIn(identity)).id_token);
});

test('a secret that changes is named by its key alone', async () => {
  await using identity = await startIdentity();
  identity.write(
    'rest.yml',
    identity.rest({ replace: (yaml) => yaml.replace('another-secret-of-this-test-house-only', 'a-third-secret') }),
  );
  const line = await identity.reload();
  assert.deepEqual(line.changed, ['identity_providers.oidc.hmac_secret']);
  assert.doesNotMatch(identity.child().output(), /a-third-secret/);
});

test('failures of an address count on over a reload, by the limits of the new configuration', async () => {
  const limited = (requests: number) => (yaml: string) =>
    yaml.replace(
      'openid_connect_token:\n        enable: false',
      `openid_connect_token:\n        buckets: [{ period: '10 minutes', requests: ${requests} }]`,
    );
  await using identity = await startIdentity({ replace: limited(2) });
  const wrong = async () => (await exchange(identity.visitor(), 'a code', 'v'.repeat(43))).status;
  assert.deepEqual([await wrong(), await wrong(), await wrong()], [400, 400, 429]);
  identity.write('clients.yml', two);
  await identity.reload();
  assert.equal(await wrong(), 429);
  identity.write('rest.yml', identity.rest({ replace: limited(3) }));
  await identity.reload();
  assert.deepEqual([await wrong(), await wrong()], [400, 429]);
});

test('the level of the log changes with a reload', async () => {
  await using identity = await startIdentity();
  identity.write('rest.yml', `log:\n  level: 'error'\n${identity.rest()}`);
  identity.child().signal('SIGHUP');
  // Nothing is said about this reload any more; the next one speaks again.
  identity.write('clients.yml', 'broken: [');
  assert.equal((await identity.reload()).level, 'error');
});

test('a half-finished sign-in survives a reload', async () => {
  await using identity = await startIdentity();
  const visitor = identity.visitor();
  const request = authorizationRequest();
  const begun = await visitor.get(request.path);
  const step = begun.headers.location ?? '';
  assert.match(step, /^\/sign-in\//);
  identity.write('clients.yml', two);
  await identity.reload();
  const form = await visitor.get(step);
  const action = /<form[^>]*action="([^"]+)"/.exec(form.body)?.[1] ?? step;
  const { username, password } = identity.people.alice;
  const answered = await visitor.post(action, { username, password });
  identity.write('clients.yml', clientsYaml(clientYaml('leantime')));
  await identity.reload();
  const resumed = await visitor.get(new URL(answered.headers.location ?? '').pathname);
  const callback = new URL(resumed.headers.location ?? '');
  const code = callback.searchParams.get('code') ?? '';
  assert.equal((await exchange(visitor, code, request.verifier)).status, 200);
});

test('attack 40: a half-finished sign-in ends on a page when a reload takes its scope away', async () => {
  await using identity = await startIdentity();
  const visitor = identity.visitor();
  const [first, second] = [authorizationRequest({ scope: 'openid email' }), authorizationRequest({ scope: 'openid' })];
  const step = (await visitor.get(first.path)).headers.location ?? '';
  const form = await visitor.get(step);
  identity.write('clients.yml', clientsYaml(clientYaml('leantime').replace("'email', ", '')));
  await identity.reload();
  const { username, password } = identity.people.alice;
  const action = /<form[^>]*action="([^"]+)"/.exec(form.body)?.[1] ?? step;
  const answered = await visitor.post(action, { username, password });
  const page = await visitor.get(new URL(answered.headers.location ?? '').pathname);
  assert.deepEqual([page.status, page.headers.location], [400, undefined]);
  assert.match(page.body, /cannot sign you in yet/);
  assert.match((await visitor.get(second.path)).headers.location ?? '', /^\/sign-in\//);
});
