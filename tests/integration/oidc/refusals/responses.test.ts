/** What every refusal holds and never holds: the issuer, headers, status; no secret, no stack, no path. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
  type Person,
  post,
  userinfo,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      guideClient,
      { ...guideClient, client_id: 'closed', authorization_policy: 'nobody' },
      { ...guideClient, client_id: 'all', response_types: ['code', 'id_token', 'code id_token'] },
    ],
    oidc: { authorization_policies: { nobody: { default_policy: 'deny' } } },
  });
});
after(() => house.close());

const toApplication: readonly [title: string, changes: Params, person: Person][] = [
  ['a code', {}, aliceAgrees],
  ['no consent', {}, { ...aliceAgrees, consent: 'deny' }],
  ['a policy that denies', { client_id: 'closed' }, aliceAgrees],
  ['nobody signed in', { prompt: 'none' }, aliceAgrees],
  ['a missing challenge', { prompt: 'none', code_challenge: undefined, code_challenge_method: undefined }, aliceAgrees],
  ['a scope that is not registered', { prompt: 'none', scope: 'openid phone' }, aliceAgrees],
  ['a short state', { prompt: 'none', state: 'short' }, aliceAgrees],
  ['a prompt that is none', { prompt: 'sing' }, aliceAgrees],
  ['an ID token in the fragment', { client_id: 'all', response_type: 'id_token', nonce: 'a long nonce' }, aliceAgrees],
  ['a missing nonce in the fragment', { client_id: 'all', response_type: 'id_token', prompt: 'none' }, aliceAgrees],
  ['a hybrid answer', { client_id: 'all', response_type: 'code id_token', nonce: 'a long nonce' }, aliceAgrees],
];

for (const [title, changes, person] of toApplication)
  test(`attack 36: the answer names its issuer, and gives the state back: ${title}`, async () => {
    const target = landing(await authorize(house.browser(), authorizationPath(changes), person));
    const answer = target.searchParams.has('iss') ? target.searchParams : new URLSearchParams(target.hash.slice(1));
    assert.equal(answer.get('iss'), house.issuer);
    assert.equal(answer.get('state'), changes.state ?? 'a-state-of-enough-characters');
    assert.deepEqual(answer.getAll('iss').length, 1);
  });

test('attack 36: the answer by form names its issuer too, right or wrong', async () => {
  for (const changes of [{}, { scope: 'openid phone' }]) {
    const path = authorizationPath({ response_mode: 'form_post', ...changes });
    const page = await (await authorize(house.browser(), path, aliceAgrees)).text();
    assert.match(page, new RegExp(`name="iss" value="${house.issuer}"`));
  }
});

test('attack 36: discovery says that answers name their issuer', async () => {
  const response = await house.browser().go('/.well-known/openid-configuration');
  const document = (await response.json()) as Record<string, unknown>;
  assert.equal(document.authorization_response_iss_parameter_supported, true);
});

const endpoints: readonly [
  title: string,
  path: string,
  fields: Params,
  headers: Record<string, string>,
  status: number,
  error: string,
][] = [
  [
    'a wrong secret',
    '/api/oidc/token',
    { client_id: 'leantime', client_secret: 'x', grant_type: 'authorization_code' },
    {},
    401,
    'invalid_client',
  ],
  [
    'a grant that nobody has',
    '/api/oidc/token',
    { client_id: 'leantime', client_secret: 'insecure_secret', grant_type: 'password' },
    {},
    400,
    'unsupported_grant_type',
  ],
  ['an unknown token at userinfo', '/api/oidc/userinfo', {}, { authorization: 'Bearer nothing' }, 401, 'invalid_token'],
  ['no client at introspection', '/api/oidc/introspection', { token: 'nothing' }, {}, 400, 'invalid_request'],
  ['no client at revocation', '/api/oidc/revocation', { token: 'nothing' }, {}, 400, 'invalid_request'],
  ['no client at pushing', '/api/oidc/pushed-authorization-request', {}, {}, 400, 'invalid_request'],
];

for (const [title, path, fields, headers, status, error] of endpoints)
  test(`a refusal has its status, is JSON and is kept by no cache: ${title}`, async () => {
    const answer = await post(house, path, fields, headers);
    assert.equal(answer.status, status);
    assert.equal(answer.body.error, error);
    assert.equal(typeof answer.body.error_description, 'string');
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });

test('a refused bearer is told so in WWW-Authenticate, and a refused Basic too', async () => {
  const bearer = await userinfo(house, 'nothing');
  assert.match(bearer.headers.get('www-authenticate') ?? '', /^Bearer .*error="invalid_token"/);
  const authorization = `Basic ${Buffer.from('leantime:wrong').toString('base64')}`;
  const basic = await post(house, '/api/oidc/token', { grant_type: 'authorization_code' }, { authorization });
  assert.match(basic.headers.get('www-authenticate') ?? '', /^Basic /);
});

test('a token without openid is 403 insufficient_scope at userinfo', async () => {
  const tokens = await exchange(house, await codeFor(house.browser(), { scope: 'profile' }));
  const answer = await userinfo(house, tokens.body.access_token);
  assert.deepEqual([answer.status, (answer.body as Record<string, unknown>).error], [403, 'insufficient_scope']);
});

test('a directory that cannot answer is 503, and says nothing of why', async () => {
  const code = await codeFor(house.browser());
  const find = house.people.get;
  house.people.get = () => {
    throw new Error('ldaps://directory.internal refused the password of cn=reader');
  };
  try {
    const answer = await exchange(house, code);
    assert.ok(answer.status >= 500, String(answer.status));
    assert.doesNotMatch(JSON.stringify(answer.body), /ldaps|cn=|directory\.internal|at /);
  } finally {
    house.people.get = find;
  }
});

test('attack 52: no secret, code, token, verifier, state or mail address is in an answer, the log or the record', async () => {
  const secrets = [
    'a-secret-that-is-wrong',
    'insecure_secret',
    verifier,
    'a-state-of-enough-characters',
    'alice@example.com',
  ];
  const bodies: string[] = [];
  const keep = (answer: { readonly body: unknown }) => bodies.push(JSON.stringify(answer.body));
  const code = await codeFor(house.browser());
  secrets.push(code);
  keep(await exchange(house, code, { client_secret: 'a-secret-that-is-wrong' }));
  keep(await exchange(house, code, { code_verifier: `${verifier}x` }));
  keep(await exchange(house, code, { redirect_uri: 'https://leantime.example.com/elsewhere' }));
  const tokens = await exchange(house, code);
  secrets.push(tokens.body.access_token ?? '', tokens.body.id_token ?? '');
  keep(await exchange(house, code));
  keep(await userinfo(house, tokens.body.access_token));
  keep(await post(house, '/api/oidc/introspection', { token: tokens.body.access_token, client_id: 'leantime' }));
  const basic = Buffer.from('leantime:a-secret-that-is-wrong').toString('base64');
  secrets.push(basic);
  keep(await post(house, '/api/oidc/token', { grant_type: 'x' }, { authorization: `Basic ${basic}` }));
  const assertion = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('private words').toString('base64url')}.c2ln`;
  secrets.push('private', assertion);
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  keep(await post(house, '/api/oidc/token', { client_assertion: assertion, client_assertion_type: type }));
  // What a parser says may quote what it read.
  await house.browser().go(authorizationPath({ claims: 'private words', prompt: 'none' }));
  const browser = house.browser();
  await authorize(browser, authorizationPath(), aliceAgrees);
  await browser.go(authorizationPath({ code_challenge: undefined, code_challenge_method: undefined }));
  const { back: _, ...page } = house.pages.at(-1) ?? {};
  const said = { bodies, page, log: house.lines, record: await house.refusals() };
  for (const [where, text] of Object.entries(said))
    for (const secret of secrets) assert.ok(!JSON.stringify(text).includes(secret), `${where} holds ${secret}`);
});

test('attack 52: no stack and no path of a file is in an answer or a page', async () => {
  const answers = [
    await house.browser().go(`${authorizationPath()}&claims={`),
    await house.browser().go(authorizationPath({ redirect_uri: 'https://evil.example/%00' })),
    await house.browser().go('/api/oidc/authorization/nothing'),
    await house
      .browser()
      .go('/api/oidc/token', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }),
  ];
  for (const answer of answers) {
    const text = `${await answer.text()} ${answer.headers.get('location') ?? ''}`;
    assert.doesNotMatch(text, /node_modules|\.ts:\d|\.js:\d|file:\/\/|\/etc\/|Error: /);
  }
  assert.doesNotMatch(JSON.stringify(house.pages), /node_modules|\/etc\/gatehouse|Error: /);
});
