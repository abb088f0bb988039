import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import type { Configuration } from './configuration.ts';
import { changed, keyText, loaded, loadObject, minimal, type Plain, withOidc } from './fixtures/loading.ts';

function complete(changes: Plain, base = minimal()): Configuration {
  return loaded(loadObject(changed(base, changes))).configuration;
}

function client(changes: Plain) {
  const [only] = complete({}, withOidc(changes)).identity_providers.oidc?.clients ?? [];
  assert.ok(only);
  return only;
}

const guards = [
  ['regulation', 'find_time', 120],
  ['regulation', 'ban_time', 300],
  ['identity_validation', 'reset_password', 'jwt_lifespan', 300],
  ['identity_validation', 'elevated_session', 'code_lifespan', 300],
  ['identity_validation', 'elevated_session', 'elevation_lifespan', 600],
  ['identity_validation', 'elevated_session', 'characters', 8],
  ['session', 'expiration', 3600],
  ['session', 'inactivity', 300],
  ['session', 'remember_me', 2_592_000],
  ['webauthn', 'timeout', 60],
  ['totp', 'digits', 6],
  ['totp', 'period', 30],
  ['totp', 'secret_size', 32],
  ['ntp', 'max_desync', 3],
] as const;

for (const guard of guards) {
  const path = guard.slice(0, -1) as string[];
  test(`${path.join('.')}: 0 and an empty text read as the default, and switch nothing off`, () => {
    for (const written of path.at(-1)?.match(/characters|digits|period|secret_size/) ? [0, '0'] : [0, '']) {
      const changes = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), written) as Plain;
      const read = path.reduce<unknown>((part, key) => (part as Plain)[key], complete(changes));
      assert.equal(read, guard.at(-1), JSON.stringify(written));
    }
  });
}

test('defaults are those of the reference', () => {
  const {
    server,
    session,
    regulation,
    totp,
    log,
    authentication_backend: backend,
    identity_validation: validation,
  } = complete({});
  assert.deepEqual(server.address, { kind: 'network', scheme: 'tcp', host: '', port: 9091, path: '/' });
  assert.deepEqual(server.timeouts, { read: 6, write: 6, idle: 30 });
  assert.ok(server.trusted_proxies.includes('127.0.0.0/8') && server.trusted_proxies.includes('fc00::/7'));
  assert.equal(server.disable_healthcheck, false);
  assert.deepEqual(Object.keys(server.endpoints.authz), ['forward-auth', 'ext-authz', 'auth-request', 'legacy']);
  assert.deepEqual(session.cookies[0], {
    domain: 'example.com',
    authelia_url: new URL('https://auth.example.com'),
    name: 'authelia_session',
    same_site: 'lax',
    expiration: 3600,
    inactivity: 300,
    remember_me: 2_592_000,
  });
  assert.deepEqual(regulation, { modes: ['user'], max_retries: 3, find_time: 120, ban_time: 300 });
  assert.deepEqual([totp.algorithm, totp.digits, totp.period, totp.skew, totp.secret_size], ['SHA1', 6, 30, 1, 32]);
  assert.deepEqual([totp.allowed_algorithms, totp.allowed_digits, totp.allowed_periods], [['SHA1'], [6], [30]]);
  assert.deepEqual(log, { level: 'info', format: 'text', file_path: '', keep_stdout: false });
  assert.equal(backend.refresh_interval, 300);
  assert.equal(validation.elevated_session.elevation_lifespan, 600);
});

test('a cookie inherits from the section, and its own keys win', () => {
  const { cookies } = complete({
    session: {
      name: 'house',
      inactivity: 0,
      remember_me: -1,
      cookies: [
        { domain: '.Example.com', authelia_url: 'https://a.example.com', expiration: '2h' },
        { domain: 'example.org', authelia_url: 'https://a.example.org', remember_me: '1d', same_site: 'strict' },
      ],
    },
  }).session;
  assert.deepEqual(
    cookies.map(({ domain, name, same_site, expiration, inactivity, remember_me }) => [
      domain,
      name,
      same_site,
      expiration,
      inactivity,
      remember_me,
    ]),
    [
      ['example.com', 'house', 'lax', 7200, 300, 'disabled'],
      ['example.org', 'house', 'strict', 3600, 300, 86_400],
    ],
  );
});

test('the old domain becomes a cookie', () => {
  const { cookies } = complete({
    default_redirection_url: 'https://w.example.com',
    session: { domain: 'example.com', cookies: undefined },
  }).session;
  assert.equal(cookies[0]?.domain, 'example.com');
  assert.equal(cookies[0]?.default_redirection_url?.href, 'https://w.example.com/');
});

test('people are read again at every request when the users file is watched', () => {
  assert.equal(
    complete({ authentication_backend: { file: { watch: true } } }).authentication_backend.refresh_interval,
    'always',
  );
});

test('what elevation allows follows its lifespans', () => {
  const limits = complete({ identity_validation: { elevated_session: { code_lifespan: '1m' } } }).server.endpoints
    .rate_limits;
  assert.deepEqual(limits.session_elevation_start.buckets, [
    { requests: 3, period: 60 },
    { requests: 5, period: 120 },
    { requests: 15, period: 720 },
  ]);
  assert.equal(limits.openid_connect_token.buckets.length, 4);
  assert.equal(limits.openid_connect_userinfo.enable, false);
});

test('one endpoint written replaces all others', () => {
  const { authz } = complete({
    server: {
      endpoints: {
        authz: { proxy: { implementation: 'AuthRequest', authn_strategies: [{ name: 'HeaderAuthorization' }] } },
      },
    },
  }).server.endpoints;
  assert.deepEqual(authz, {
    proxy: {
      implementation: 'AuthRequest',
      authn_strategies: [{ name: 'HeaderAuthorization', schemes: ['basic'], scheme_basic_cache_lifespan: 0 }],
    },
  });
});

const hashing = (password: Plain) =>
  complete({ authentication_backend: { file: { password } } }).authentication_backend.file?.password;

test('passwords are hashed with argon2id unless told otherwise', () => {
  const { algorithm, argon2, pbkdf2, sha2crypt } = hashing({}) ?? {};
  assert.equal(algorithm, 'argon2');
  assert.deepEqual(argon2, {
    variant: 'argon2id',
    iterations: 3,
    memory: 65_536,
    parallelism: 4,
    key_length: 32,
    salt_length: 16,
  });
  assert.deepEqual(pbkdf2, { variant: 'sha512', iterations: 310_000, salt_length: 16 });
  assert.deepEqual(sha2crypt, { variant: 'sha512', iterations: 50_000, salt_length: 16 });
});

test('rounds of pbkdf2 follow the variant', () =>
  assert.equal(hashing({ pbkdf2: { variant: 'sha224' } })?.pbkdf2.iterations, 900_000));

test('the old flat keys count in MiB and for their algorithm alone', () => {
  const { algorithm, argon2, sha2crypt } = hashing({ algorithm: 'argon2id', memory: 64, iterations: 5 }) ?? {};
  assert.deepEqual(
    [algorithm, argon2?.memory, argon2?.iterations, sha2crypt?.iterations],
    ['argon2', 65_536, 5, 50_000],
  );
  assert.deepEqual(hashing({ algorithm: 'sha512', iterations: 60_000 })?.sha2crypt.iterations, 60_000);
});

test('an implementation fills the filters of LDAP, and what is written wins', () => {
  const ldap = {
    address: 'ldap.example.com',
    implementation: 'activedirectory',
    base_dn: 'DC=x',
    user: 'u',
    password: 'p',
    attributes: { mail: 'm' },
  };
  const completed = complete({ authentication_backend: { file: undefined, ldap } }).authentication_backend.ldap;
  assert.match(completed?.users_filter ?? '', /sAMAccountType=805306368/);
  assert.deepEqual(
    [completed?.attributes.mail, completed?.attributes.username, completed?.timeout],
    ['m', 'sAMAccountName', 5],
  );
});

test('a client takes its defaults from what it is', () => {
  const ordinary = client({});
  assert.deepEqual(ordinary.scopes, ['openid', 'groups', 'profile', 'email']);
  assert.deepEqual(ordinary.grant_types, ['authorization_code']);
  assert.deepEqual(ordinary.response_modes, ['form_post', 'query']);
  assert.equal(ordinary.client_name, 'app');
  assert.equal(ordinary.authorization_policy, 'two_factor');
  assert.equal(ordinary.consent_mode, 'explicit');
  assert.equal(ordinary.require_pkce, false);
  assert.equal(ordinary.token_endpoint_auth_method, 'client_secret_basic');
  assert.deepEqual([ordinary.id_token_signed_response_alg, ordinary.userinfo_signed_response_alg], ['RS256', 'none']);
});

test('a public client proves nothing anywhere', () => {
  const open = client({ public: true, client_secret: undefined });
  assert.deepEqual([open.token_endpoint_auth_method, open.revocation_endpoint_auth_method], ['none', 'none']);
});

test('a client of machines has one factor and no scopes', () => {
  const machine = client({ grant_types: ['client_credentials'] });
  assert.deepEqual([machine.authorization_policy, machine.scopes, machine.response_types], ['one_factor', [], []]);
});

test('hybrid types imply both grants and the fragment', () => {
  const hybrid = client({ response_types: ['id_token code'] });
  assert.deepEqual(hybrid.response_types, ['code id_token']);
  assert.deepEqual(hybrid.grant_types, ['authorization_code', 'implicit']);
  assert.deepEqual(hybrid.response_modes, ['form_post', 'fragment']);
});

test('a challenge method asks for PKCE, a duration for remembered consent', () => {
  assert.equal(client({ pkce_challenge_method: 'S256' }).require_pkce, true);
  const remembered = client({ pre_configured_consent_duration: '1d' });
  assert.deepEqual([remembered.consent_mode, remembered.pre_configured_consent_duration], ['pre-configured', 86_400]);
  assert.equal(client({ consent_mode: 'pre-configured' }).pre_configured_consent_duration, 604_800);
});

test('a key id wins over an algorithm', () => {
  const jwks = [{ key: keyText('rsa.pem') }, { key: keyText('ec.sec1.pem'), key_id: 'curve' }];
  const { oidc } = complete({}, withOidc({ id_token_signed_response_key_id: 'curve' }, { jwks })).identity_providers;
  assert.equal(oidc?.clients[0]?.id_token_signed_response_alg, 'ES256');
});

test('a key without an id is named by its thumbprint', () => {
  const [key] = complete({}, withOidc()).identity_providers.oidc?.jwks ?? [];
  const { e, n } = createPublicKey(keyText('rsa.pem')).export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(`{"e":"${e}","kty":"RSA","n":"${n}"}`).digest('hex');
  assert.equal(key?.key_id, `${thumbprint.slice(0, 6)}-rs256`);
  assert.equal(key?.algorithm, 'RS256');
});

test('the old key is a key like any other', () => {
  const oidc = complete({}, withOidc({}, { jwks: undefined, issuer_private_key: keyText('rsa.pkcs1.pem') }))
    .identity_providers.oidc;
  assert.equal(oidc?.jwks[0]?.algorithm, 'RS256');
  assert.equal(oidc !== undefined && 'issuer_private_key' in oidc, false);
});

test('lifespans of nought are the defaults, and entropy may be none', () => {
  const oidc = complete(
    {},
    withOidc({}, { lifespans: { access_token: 0, id_token: '2h' }, minimum_parameter_entropy: -1 }),
  ).identity_providers.oidc;
  assert.deepEqual(
    [oidc?.lifespans.access_token, oidc?.lifespans.id_token, oidc?.lifespans.refresh_token],
    [3600, 7200, 5400],
  );
  assert.equal(oidc?.minimum_parameter_entropy, 0);
});

test('names of networks are resolved in policies and rules', () => {
  const provider = {
    authorization_policies: { house: { rules: [{ policy: 'one_factor', networks: ['home', '192.0.2.1'] }] } },
  };
  const configuration = complete(
    {
      definitions: { network: { home: ['10.0.0.0/8', 'fd00::/8'] } },
      access_control: {
        rules: [
          {
            domain: 'a.example.com',
            policy: 'one_factor',
            networks: 'home',
            subject: ['user:alice', ['group:a', 'group:b']],
          },
        ],
      },
    },
    withOidc({ authorization_policy: 'house' }, provider),
  );
  const networks = ['10.0.0.0/8', 'fd00::/8'];
  assert.deepEqual(configuration.identity_providers.oidc?.authorization_policies.house?.rules[0]?.networks, [
    ...networks,
    '192.0.2.1/32',
  ]);
  assert.deepEqual(configuration.access_control.rules[0]?.networks, networks);
  assert.deepEqual(configuration.access_control.rules[0]?.subject, [['user:alice'], ['group:a', 'group:b']]);
});
