import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { type Certificates, makeCertificates } from './certificates.ts';
import { openChromium } from './chromium.ts';
import { type LoopbackNames, loopbackEnvironment } from './names.ts';
import { needs } from './needs.ts';
import { type Nginx, startNginx } from './nginx.ts';
import { temporaryFolder } from './temporary-folder.ts';

const skip = needs('nginx', 'openssl');
const folder = temporaryFolder('names');
const names = ['auth.example.com', 'leantime.example.com'];
let upstream: Server;
let certificates: Certificates;
let nginx: Nginx;
let places: LoopbackNames;

before(async () => {
  if (skip) return;
  upstream = createServer((req, res) => {
    const { host, 'x-forwarded-proto': scheme, 'x-forwarded-host': forwarded } = req.headers;
    res.setHeader('content-type', 'text/html').end(`${scheme} ${host} ${forwarded} ${req.httpVersion}`);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const address = upstream.address();
  assert(address && typeof address === 'object');
  certificates = makeCertificates(folder.path, names);
  nginx = await startNginx(
    certificates,
    names.map((name) => ({ name, upstreamPort: address.port })),
  );
  places = {
    ...Object.fromEntries(names.map((name) => [`${name}:443`, nginx.port])),
    'other.example.com:443': nginx.port,
  };
});

after(async () => {
  await nginx?.stop();
  upstream?.close();
  await folder.remove();
});

/** Runs a module in a Node process of its own; answers what it printed. */
async function runNode(code: string, environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...environment },
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return output + errors;
}

const expected = 'https auth.example.com auth.example.com 1.1';

test('fetch reaches a name at loopback and checks its certificate', { skip }, async () => {
  const code = "console.log(await (await fetch('https://auth.example.com/')).text())";
  assert.equal((await runNode(code, loopbackEnvironment(places, certificates.caPath))).trim(), expected);
});

test('node:https reaches a name at loopback and checks its certificate', { skip }, async () => {
  const code = "import { get } from 'node:https'; get('https://auth.example.com/', (res) => res.pipe(process.stdout))";
  assert.equal((await runNode(code, loopbackEnvironment(places, certificates.caPath))).trim(), expected);
});

test('tls.connect without a server name checks the real name, not the loopback address', { skip }, async () => {
  const code = `import { connect } from 'node:tls';
    const socket = connect({ host: 'other.example.com', port: 443 }, () => console.log('accepted'));
    socket.on('error', (error) => { console.log(error.code); }).on('secureConnect', () => socket.end());`;
  const output = await runNode(code, loopbackEnvironment(places, certificates.caPath));
  assert.match(output, /ERR_TLS_CERT_ALTNAME_INVALID/);
});

test('a name that the certificate does not hold is refused', { skip }, async () => {
  const code = "await fetch('https://other.example.com/').catch((error) => console.log(error.cause.code))";
  const output = await runNode(code, loopbackEnvironment(places, certificates.caPath));
  assert.match(output, /ERR_TLS_CERT_ALTNAME_INVALID/);
});

test('without the authority the certificate is refused', { skip }, async () => {
  const code = "await fetch('https://auth.example.com/').catch((error) => console.log(error.cause.code))";
  const output = await runNode(code, loopbackEnvironment(places));
  assert.match(output, /UNABLE_TO_VERIFY|SELF_SIGNED/);
});

test('Chromium reaches every name, with certificate errors ignored for our authority alone', {
  skip: needs('nginx', 'openssl', 'chromium'),
}, async () => {
  await using browser = await openChromium({ names: places, certificates });
  const page = await browser.newPage();
  for (const name of names) {
    await page.goto(`https://${name}/`);
    assert.equal(await page.textContent('body'), `https ${name} ${name} 1.1`);
  }
  await using stranger = await openChromium({ names: places });
  await assert.rejects(
    stranger.newPage().then((other) => other.goto('https://auth.example.com/')),
    /ERR_CERT/,
  );
});
