import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { changed, loadObject, minimal } from './config/fixtures/loading.ts';
import { openServer, prepareServer } from './listener.ts';

test('a running server takes over what now stands in its certificate files, and keeps what it has when that is broken', async () => {
  await using folder = temporaryFolder('listener');
  await using further = temporaryFolder('listener');
  const paths = { certificate: join(folder.path, 'own.pem'), key: join(folder.path, 'own.key') };
  const put = (made: ReturnType<typeof makeCertificates>): void => {
    copyFileSync(made.chainPath, paths.certificate);
    copyFileSync(made.keyPath, paths.key);
  };
  put(makeCertificates(folder.path, ['old.example.com']));
  const answer = loadObject(changed(minimal(), { server: { tls: paths } }));
  assert.ok(answer.kind === 'loaded');
  const section = answer.configuration.server;
  const server = openServer(section, (_req, res) => void res.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    assert.match(await namesServed(port), /old\.example\.com/);
    put(makeCertificates(further.path, ['new.example.com']));
    const renew = prepareServer(server, { ...section, timeouts: { ...section.timeouts, idle: 7 } });
    assert.match(await namesServed(port), /old\.example\.com/);
    renew();
    assert.match(await namesServed(port), /new\.example\.com/);
    assert.equal(server.keepAliveTimeout, 7000);

    writeFileSync(paths.certificate, readFileSync(join(folder.path, 'ca.pem')));
    assert.throws(() => prepareServer(server, section), /key values mismatch/);
    assert.match(await namesServed(port), /new\.example\.com/);
  } finally {
    server.close();
  }
});

function namesServed(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subjectaltname ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
