/**
 * A small application on openid-client: pushed authorization requests, signed answers (JARM), and a signed assertion in
 * place of a secret. Its settings are environment variables: PORT, SITE, ISSUER, CLIENT_ID, KEY_PATH (PEM, RS256).
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';

const { PORT = '', SITE = '', ISSUER = '', CLIENT_ID = '', KEY_PATH = '' } = process.env;
const redirectUri = `${SITE}/callback`;
const key = await importPKCS8(readFileSync(KEY_PATH, 'utf8'), 'RS256');
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, undefined, oidc.PrivateKeyJwt(key));
oidc.useJwtResponseMode(provider);

type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string };
/** One person uses this application. */
let attempt: Attempt | undefined;

async function signIn(res: ServerResponse): Promise<void> {
  attempt = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const url = await oidc.buildAuthorizationUrlWithPAR(provider, {
    redirect_uri: redirectUri,
    scope: 'openid profile groups',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  });
  res.writeHead(303, { location: url.href }).end();
}

async function comeBack(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (!attempt) throw new TypeError('nobody asked');
  const tokens = await oidc.authorizationCodeGrant(provider, new URL(req.url ?? '/', SITE), {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  const person = await oidc.fetchUserInfo(provider, tokens.access_token, claims?.sub ?? '');
  const facts = { name: person.name, groups: person.groups, amr: claims?.amr };
  const rows = Object.entries(facts).map(([name, value]) => `<dt>${name}</dt><dd id="${name}">${value}</dd>`);
  res.setHeader('content-type', 'text/html');
  res.end(`<title>Ledger of ${person.name}</title><dl>${rows.join('')}</dl>`);
}

createServer((req, res) => {
  const answer = req.url?.startsWith('/callback') ? comeBack(req, res) : signIn(res);
  answer.catch((error: unknown) => {
    console.error(error);
    res.writeHead(500).end('<title>Failed</title>');
  });
}).listen(Number(PORT), '127.0.0.1');
