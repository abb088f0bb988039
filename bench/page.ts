/** Bytes of the sign-in page as a browser gets them: the document and its stylesheet, in each encoding it may ask for. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { authorizationRequest, HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { prepareProvider, seedClients } from './provider.ts';

const encodings = ['br', 'gzip'] as const;

export async function measurePage(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(seedClients);
  const identity = await provider.start();
  const browser = new HttpPerson(provider.port);
  try {
    const asked = await browser.get(authorizationRequest().path);
    const path = asked.headers.location;
    assert.ok(path, `the authorization request led nowhere: ${asked.status}`);
    const page = await browser.get(path);
    const stylesheets = [...page.body.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) => href);
    assert.equal(page.status, 200);
    assert.equal(stylesheets.length, 1, 'the sign-in page has one stylesheet');
    assert.doesNotMatch(page.body, /<script/);
    const cookie = [...browser.cookies].map(([key, { value }]) => `${key.split('|')[0]}=${value}`).join('; ');
    const figures: Figure[] = [];
    for (const encoding of encodings) {
      const sizes = await Promise.all(
        [path, ...stylesheets].map((each) => bytesSent(provider.port, each, { cookie, 'accept-encoding': encoding })),
      );
      const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
      const what = `Sign-in page, document and stylesheet as sent (${encoding})`;
      figures.push({ what, value: kilobytes, unit: 'KB', promised: { atMost: 15 } });
    }
    return figures;
  } finally {
    browser.close();
    await identity.stop();
    await provider.remove();
  }
}

/** Bytes of the body on the wire, whatever its encoding. */
function bytesSent(port: number, path: string, headers: Record<string, string>): Promise<number> {
  const host = 'auth.example.com';
  const proxied = { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { accept: 'text/html', ...proxied, ...headers } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once('error', reject);
      answer.once('end', () => resolve(bytes));
    })
      .once('error', reject)
      .end();
  });
}
