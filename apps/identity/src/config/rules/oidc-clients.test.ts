import { changed, digest, keyText, withOidc } from '../fixtures/loading.ts';
import { type RuleCase, testRules } from '../fixtures/rule-table.ts';

/** Cases about one client: changes to it, and findings below it. */
function testClient(base: object, cases: readonly (readonly [string, object, ...string[]])[]): void {
  const whole = cases.map(([title, client, ...finds]): RuleCase => {
    const merged = changed(
      { client_id: 'app', client_secret: digest, redirect_uris: ['https://app.example.com/callback'], ...base },
      { ...client },
    );
    const at = finds.map((each) => each.replace(' ', ' identity_providers.oidc.clients[0].').replace(/\.$/, ''));
    return [title, { identity_providers: { oidc: { clients: [merged] } } }, ...at];
  });
  testRules(
    withOidc(
      {},
      { lifespans: { custom: { short: { access_token: '5m' } } }, claims_policies: { house: { id_token: ['email'] } } },
    ),
    whole,
  );
}

const own = [{ key_id: 'a', key: keyText('ec.pub.pem') }];

testClient({}, [
  ['a client is accepted', {}],
  ['an id is there', { client_id: undefined }, 'error client_id'],
  ['an id of a hundred characters is accepted', { client_id: 'a'.repeat(100) }],
  ['a longer id is refused', { client_id: 'a'.repeat(101) }, 'error client_id'],
  ['an id has plain characters', { client_id: 'my app' }, 'error client_id'],
  ['a secret is there', { client_secret: undefined }, 'error client_secret'],
  ['a plain secret is warned about', { client_secret: 'insecure_secret' }, 'warning client_secret'],
  ['a secret that is no digest we know is refused', { client_secret: '$1$abc$def' }, 'error client_secret'],
  ['a public client has no secret', { public: true }, 'error client_secret'],
  ['a public client is accepted', { public: true, client_secret: undefined }],
  [
    'a public client proves nothing',
    { public: true, client_secret: undefined, token_endpoint_auth_method: 'client_secret_post' },
    'error token_endpoint_auth_method',
  ],
  [
    'a confidential client proves something',
    { client_secret: undefined, token_endpoint_auth_method: 'none' },
    'error token_endpoint_auth_method',
  ],
  [
    'a client that never exchanges a code may prove nothing',
    {
      client_secret: undefined,
      token_endpoint_auth_method: 'none',
      response_types: ['id_token'],
      revocation_endpoint_auth_method: 'none',
      introspection_endpoint_auth_method: 'none',
      pushed_authorization_request_endpoint_auth_method: 'none',
    },
  ],
  [
    'a signed proof needs the secret itself',
    { token_endpoint_auth_method: 'client_secret_jwt' },
    'error client_secret',
  ],
  [
    'a signed proof with the secret itself is accepted',
    { token_endpoint_auth_method: 'client_secret_jwt', client_secret: '$plaintext$secret' },
  ],
  [
    'a proof signed with a secret is HMAC',
    {
      token_endpoint_auth_method: 'client_secret_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      client_secret: '$plaintext$s',
    },
    'error token_endpoint_auth_signing_alg',
  ],
  [
    'a proof by key is accepted',
    {
      client_secret: undefined,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: own,
    },
  ],
  [
    'a proof by key has an algorithm',
    { client_secret: undefined, token_endpoint_auth_method: 'private_key_jwt', jwks: own },
    'error token_endpoint_auth_signing_alg',
  ],
  [
    'a proof by key has the algorithm of a key',
    {
      client_secret: undefined,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks: own,
    },
    'error token_endpoint_auth_signing_alg',
  ],
  [
    'a proof by key has a key',
    {
      client_secret: undefined,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
    },
    'error token_endpoint_auth_method',
  ],
  ['a method is a known one', { token_endpoint_auth_method: 'post' }, 'error token_endpoint_auth_method'],
  ['a redirect may go to plain http', { redirect_uris: ['http://app.localhost/cb', 'com.example.app:/cb'] }],
  ['a redirect may be one text', { redirect_uris: 'https://app.example.com/cb?a=1,2' }],
  ['a redirect is a whole URL', { redirect_uris: ['https://a.example.com', '/callback'] }, 'error redirect_uris[1]'],
  [
    'a repeated redirect is warned about',
    { redirect_uris: ['https://a.example.com', 'https://a.example.com'] },
    'warning redirect_uris[1]',
  ],
  ['out of band is for public clients', { redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'] }, 'error redirect_uris[0]'],
  [
    'out of band is accepted for them',
    { redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'], public: true, client_secret: undefined },
  ],
  [
    'requests are fetched over https',
    { request_uris: ['http://a.example.com/r', 'https://a.example.com/r'] },
    'error request_uris[0]',
  ],
  [
    'a sector is https without fragment and user',
    { sector_identifier_uri: 'http://u@a.example.com/#x' },
    'error sector_identifier_uri',
    'error sector_identifier_uri',
    'error sector_identifier_uri',
  ],
  [
    'a sector that is no URL is warned about',
    { sector_identifier_uri: 'a.example.com' },
    'warning sector_identifier_uri',
  ],
  [
    'a sector is short enough to be kept',
    { sector_identifier_uri: `https://a.example.com/${'x'.repeat(234)}` },
    'error sector_identifier_uri',
  ],
  ['a sector is accepted', { sector_identifier_uri: 'https://a.example.com/uris.json' }],
  [
    'signing out may lead back',
    {
      post_logout_redirect_uris: ['http://app.localhost:9092/signed-out'],
      backchannel_logout_uri: 'https://app.example.com/out',
      frontchannel_logout_uri: 'https://app.example.com/out',
    },
  ],
  [
    'signing out leads to a whole URL',
    {
      post_logout_redirect_uris: ['/out'],
      backchannel_logout_uri: 'http://app.example.com/out',
      frontchannel_logout_uri: 'https://app.example.com/out#here',
    },
    'error post_logout_redirect_uris[0]',
    'error backchannel_logout_uri',
    'error frontchannel_logout_uri',
  ],
  [
    'an address on this machine that will not be called is warned about',
    { backchannel_logout_uri: 'http://app.localhost:9092/out' },
    'warning backchannel_logout_uri',
  ],
  [
    'an address on this machine that may be called is accepted',
    { backchannel_logout_uri: 'http://app.localhost:9092/out', allow_private_network: true },
  ],
  ['a scope that is not known is warned about', { scopes: ['openid', 'house'] }, 'warning scopes[1]'],
  ['a repeated scope is warned about', { scopes: ['openid', 'openid'] }, 'warning scopes[1]'],
  ['refreshing needs its scope', { grant_types: ['authorization_code', 'refresh_token'] }, 'warning grant_types[1]'],
  [
    'refreshing with its scope is accepted',
    { grant_types: ['authorization_code', 'refresh_token'], scopes: ['openid', 'offline_access'] },
  ],
  ['a grant is a known one', { grant_types: ['password'] }, 'error grant_types[0]'],
  ['implicit needs its types', { grant_types: ['authorization_code', 'implicit'] }, 'warning grant_types[1]'],
  [
    'machines have no openid',
    { grant_types: ['client_credentials'], scopes: ['openid'], authorization_policy: 'one_factor' },
    'error scopes[0]',
  ],
  ['machines are accepted', { grant_types: ['client_credentials'], scopes: ['inventory'] }],
  [
    'machines have no second factor',
    { grant_types: ['client_credentials'], scopes: [], authorization_policy: 'two_factor' },
    'error authorization_policy',
  ],
  [
    'machines are not public',
    { grant_types: ['client_credentials'], scopes: [], public: true, client_secret: undefined },
    'error grant_types[0]',
  ],
  ['tokens can be bound to a key', { dpop_bound_access_tokens: true }],
  [
    'tokens that come through the browser cannot be bound to a key',
    { dpop_bound_access_tokens: true, response_types: ['id_token token'] },
    'error dpop_bound_access_tokens',
  ],
  [
    'a response type that is not known is warned about',
    { response_types: ['code', 'device'] },
    'warning response_types[1]',
  ],
  ['the parts of a response type have no order', { response_types: ['code', 'token code'] }],
  ['a response mode is a known one', { response_modes: ['cookie'] }, 'error response_modes[0]'],
  ['a policy exists', { authorization_policy: 'two-factor' }, 'error authorization_policy'],
  ['deny is no policy of a client', { authorization_policy: 'deny' }, 'error authorization_policy'],
  ['a lifespan exists', { lifespan: 'shrot' }, 'error lifespan'],
  ['a lifespan is accepted', { lifespan: 'short' }],
  ['a claims policy exists', { claims_policy: 'hous' }, 'error claims_policy'],
  ['a claims policy is accepted', { claims_policy: 'house' }],
  ['a consent mode is a known one', { consent_mode: 'never' }, 'error consent_mode'],
  ['a challenge is a known one', { pkce_challenge_method: 's256' }, 'error pkce_challenge_method'],
  ['ID tokens are signed', { id_token_signed_response_alg: 'none' }, 'error id_token_signed_response_alg'],
  [
    'answers are signed with a key there is',
    { userinfo_signed_response_alg: 'ES256' },
    'error userinfo_signed_response_alg',
  ],
  [
    'answers are signed with an id there is',
    { userinfo_signed_response_key_id: 'x' },
    'error userinfo_signed_response_key_id',
  ],
  ['signing with the secret needs the secret itself', { id_token_signed_response_alg: 'HS256' }, 'error client_secret'],
  ['encryption needs a key', { id_token_encrypted_response_alg: 'RSA-OAEP' }, 'error id_token_encrypted_response_alg'],
  ['encryption with a key is accepted', { id_token_encrypted_response_alg: 'ECDH-ES', jwks: own }],
  [
    'only what is signed is encrypted',
    { userinfo_encrypted_response_alg: 'ECDH-ES', jwks: own },
    'error userinfo_encrypted_response_alg',
  ],
  [
    'an algorithm that is advertised but not taken is refused',
    { id_token_encrypted_response_alg: 'dir' },
    'error id_token_encrypted_response_alg',
  ],
  [
    'a request object is signed by a key of the client',
    { request_object_signing_alg: 'RS256', jwks: own },
    'error request_object_signing_alg',
  ],
  ['keys are fetched over https', { jwks_uri: 'http://a.example.com/jwks' }, 'error jwks_uri'],
  ['keys are written or fetched', { jwks_uri: 'https://a.example.com/jwks', jwks: own }, 'error jwks_uri'],
  ['a key of a client has an id', { jwks: [{ key: keyText('ec.pub.pem') }] }, 'error jwks[0].key_id'],
  ['a key of a client is public', { jwks: [{ key_id: 'a', key: keyText('ec.sec1.pem') }] }, 'error jwks[0].key'],
  ['a key of a client is there', { jwks: [{ key_id: 'a' }] }, 'error jwks[0].key'],
]);

const bearer = {
  scopes: ['authelia.bearer.authz', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  audience: ['https://app.example.com'],
  require_pushed_authorization_requests: true,
  require_pkce: true,
  pkce_challenge_method: 'S256',
  consent_mode: 'explicit',
  response_types: ['code'],
  response_modes: ['form_post'],
};

testClient(bearer, [
  ['a client for the proxy is accepted', {}],
  ['it has no other scope', { scopes: ['authelia.bearer.authz', 'openid'] }, 'error scopes', 'warning grant_types[1]'],
  ['its grants are written out', { grant_types: undefined }, 'error grant_types'],
  ['it has an audience', { audience: undefined }, 'error audience'],
  [
    'its requests are pushed',
    { require_pushed_authorization_requests: false },
    'error require_pushed_authorization_requests',
  ],
  ['it uses PKCE', { require_pkce: undefined }, 'error require_pkce'],
  ['its challenge is S256', { pkce_challenge_method: '' }, 'error pkce_challenge_method'],
  ['it asks for consent', { consent_mode: undefined }, 'error consent_mode'],
  ['its response type is written out', { response_types: undefined }, 'error response_types', 'warning grant_types[0]'],
  ['its response is posted', { response_modes: ['query'] }, 'error response_modes'],
  [
    'it does not post its secret',
    { token_endpoint_auth_method: 'client_secret_post' },
    'error token_endpoint_auth_method',
  ],
]);

const two = (id: string) => ({ client_id: id, client_secret: digest });
testRules(withOidc(), [
  ['two clients are accepted', { identity_providers: { oidc: { clients: [two('a'), two('b')] } } }],
  [
    'two clients do not share an id',
    { identity_providers: { oidc: { clients: [two('a'), two('a')] } } },
    'error identity_providers.oidc.clients[1].client_id',
  ],
]);

const badge = {
  scopes: { staff: { claims: ['badge'] } },
  claims_policies: { house: { custom_claims: { badge: { attribute: 'username' } } } },
};
testRules(withOidc({ scopes: ['openid', 'staff'], claims_policy: 'house' }, badge), [
  ['a scope of one’s own works with its claims policy', {}],
]);
testRules(withOidc({ scopes: ['openid'] }, badge), [
  [
    'a scope of one’s own needs its claims policy',
    { identity_providers: { oidc: { clients: [{ ...two('a'), scopes: ['openid', 'staff'] }] } } },
    'error identity_providers.oidc.clients[0].scopes[1]',
  ],
]);
