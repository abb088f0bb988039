import { digest, keyText, withOidc } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const root = 'identity_providers.oidc';
const provider = (more: object) => ({ identity_providers: { oidc: { ...more } } });
const rsa = { key: keyText('rsa.pem') };
const ec = { key: keyText('ec.sec1.pem') };
const keys = (...jwks: object[]) => provider({ jwks });
const soon = '2027-06-20T00:00:00Z';
const later = '2027-09-01T00:00:00Z';
const policy = (more: object) =>
  provider({ authorization_policies: { house: { rules: [{ subject: 'user:alice' }], ...more } } });
const claims = (more: object) => provider({ claims_policies: { house: { ...more } } });

const registration = (more: object) => provider({ dynamic_client_registration: { enabled: true, ...more } });

testRules(withOidc(), [
  ['applications may register themselves with a token', registration({})],
  [
    'without a token is worth a word',
    registration({ require_initial_access_token: false }),
    `warning ${root}.dynamic_client_registration.require_initial_access_token`,
  ],
  [
    'their policy is defined',
    registration({ authorization_policy: 'nobody' }),
    `error ${root}.dynamic_client_registration.authorization_policy`,
  ],
  ['their scopes may be of the house', registration({ scopes: ['openid', 'email'] })],
  [
    'their scopes are known',
    registration({ scopes: ['openid', 'anything'] }),
    `error ${root}.dynamic_client_registration.scopes[1]`,
  ],
  [
    'the scope of proxies is none of theirs',
    registration({ scopes: ['authelia.bearer.authz'] }),
    `error ${root}.dynamic_client_registration.scopes[0]`,
  ],
  ['some may be there', registration({ clients_max: 0 }), `error ${root}.dynamic_client_registration.clients_max`],
  [
    'nobody agrees for everybody',
    registration({ consent_mode: 'implicit' }),
    `error ${root}.dynamic_client_registration.consent_mode`,
  ],
  [
    'a grant without a person is not registered',
    registration({ grant_types: ['client_credentials'] }),
    `error ${root}.dynamic_client_registration.grant_types[0]`,
  ],
  ['one client and one key are accepted', {}],
  ['there are clients', provider({ clients: undefined }), `error ${root}.clients`],
  ['there is a key', provider({ jwks: undefined }), `error ${root}.jwks`],
  ['a key is there', keys({ key_id: 'a' }), `error ${root}.jwks[0].key`],
  ['a key is PEM', keys({ key: 'secret' }), `error ${root}.jwks[0].key`],
  ['one key signs with RS256', keys(ec), `error ${root}.jwks`],
  ['further keys may sign otherwise', keys(rsa, ec)],
  ['an RSA key for PS256 does not sign with RS256', keys({ ...rsa, algorithm: 'PS256' }), `error ${root}.jwks`],
  ['a key may follow another', keys({ ...rsa, not_after: later }, { ...rsa, key_id: 'next', not_before: later })],
  [
    'a key may not leave a gap before the next',
    keys({ ...rsa, not_after: soon }, { ...rsa, key_id: 'next', not_before: later }),
    `error ${root}.jwks`,
  ],
  ['the last key for RS256 has no end', keys({ ...rsa, not_after: later }), `error ${root}.jwks`],
  ['a key for RS256 signs now', keys({ ...rsa, not_before: soon }), `error ${root}.jwks`],
  [
    'a key ends after it begins',
    keys(rsa, { ...ec, not_before: later, not_after: soon }),
    `error ${root}.jwks[1].not_before`,
  ],
  [
    'only a signing key has a life',
    keys(rsa, { ...rsa, use: 'enc', not_after: later }),
    `error ${root}.jwks[1].not_after`,
  ],
  ['a moment has an offset', keys({ ...rsa, not_before: '2026-01-01' }), `error ${root}.jwks[0].not_before`],
  ['the last key of another algorithm may end', keys(rsa, { ...ec, not_after: later })],
  ['and is spoken of within the last month', keys(rsa, { ...ec, not_after: soon }), `warning ${root}.jwks`],
  [
    'the old spelling is an RSA key',
    provider({ jwks: undefined, issuer_private_key: keyText('ec.sec1.pem') }),
    `warning ${root}.issuer_private_key`,
    `error ${root}.jwks`,
  ],
  ['an algorithm fits its key', keys(rsa, { ...ec, algorithm: 'ES384' }), `error ${root}.jwks[1].algorithm`],
  [
    'an algorithm fits the use',
    keys(rsa, { ...rsa, use: 'enc', algorithm: 'RS256' }),
    `error ${root}.jwks[1].algorithm`,
  ],
  ['a key may be for encryption', keys(rsa, { ...rsa, use: 'enc', algorithm: 'RSA-OAEP' })],
  ['ids of keys differ', keys({ ...rsa, key_id: 'a' }, { ...ec, key_id: 'a' }), `error ${root}.jwks[1].key_id`],
  ['ids of keys may repeat for another use', keys({ ...rsa, key_id: 'a' }, { ...ec, use: 'enc', key_id: 'a' })],
  ['an id ends with a letter or digit', keys({ ...rsa, key_id: 'a-' }), `error ${root}.jwks[0].key_id`],
  ['an id of a hundred characters is accepted', keys({ ...rsa, key_id: 'a'.repeat(100) })],
  ['a longer id is refused', keys({ ...rsa, key_id: 'a'.repeat(101) }), `error ${root}.jwks[0].key_id`],
  ['a chain for its key is accepted', keys(rsa, { ...ec, certificate_chain: keyText('ec.chain.pem') })],
  [
    'a chain for another key is refused',
    keys({ ...rsa, certificate_chain: keyText('ec.chain.pem') }),
    `error ${root}.jwks[0].certificate_chain`,
  ],
  [
    'the old key is warned about',
    provider({ jwks: undefined, issuer_private_key: keyText('rsa.pem') }),
    `warning ${root}.issuer_private_key`,
  ],
  [
    'the old key does not stand beside the new',
    provider({ issuer_private_key: keyText('rsa.pem') }),
    `error ${root}.issuer_private_key`,
  ],
  ['entropy may be the default', provider({ minimum_parameter_entropy: 0 })],
  [
    'little entropy is warned about',
    provider({ minimum_parameter_entropy: 7 }),
    `warning ${root}.minimum_parameter_entropy`,
  ],
  [
    'no entropy is warned about',
    provider({ minimum_parameter_entropy: -1 }),
    `warning ${root}.minimum_parameter_entropy`,
  ],
  ['less than none is refused', provider({ minimum_parameter_entropy: -2 }), `error ${root}.minimum_parameter_entropy`],
  ['PKCE is enforced in one of three ways', provider({ enforce_pkce: 'sometimes' }), `error ${root}.enforce_pkce`],
  [
    'discovery is signed by a key there is',
    provider({ discovery_signed_response_alg: 'ES256' }),
    `error ${root}.discovery_signed_response_alg`,
  ],
  [
    'discovery is signed by an id there is',
    provider({ discovery_signed_response_key_id: 'x' }),
    `error ${root}.discovery_signed_response_key_id`,
  ],
  [
    'origins are accepted',
    provider({ cors: { allowed_origins: ['https://a.example.com'], endpoints: 'token,userinfo' } }),
  ],
  [
    'an origin has no path',
    provider({ cors: { allowed_origins: ['https://a.example.com/'] } }),
    `error ${root}.cors.allowed_origins[0]`,
  ],
  [
    'every origin stands alone',
    provider({ cors: { allowed_origins: ['*', 'https://a.example.com'] } }),
    `error ${root}.cors.allowed_origins[0]`,
  ],
  [
    'every origin needs no others',
    provider({ cors: { allowed_origins: ['*'], allowed_origins_from_client_redirect_uris: true } }),
    `error ${root}.cors.allowed_origins[0]`,
  ],
  ['an endpoint is a known one', provider({ cors: { endpoints: ['tokens'] } }), `error ${root}.cors.endpoints[0]`],
  ['a policy is accepted', policy({})],
  ['a policy has rules', policy({ rules: [] }), `error ${root}.authorization_policies.house.rules`],
  [
    'a rule says who or where from',
    policy({ rules: [{ policy: 'deny' }] }),
    `error ${root}.authorization_policies.house.rules[0]`,
  ],
  [
    'a subject has a prefix',
    policy({ rules: [{ subject: [['alice']] }] }),
    `error ${root}.authorization_policies.house.rules[0].subject[0]`,
  ],
  [
    'a network exists',
    policy({ rules: [{ networks: ['house'] }] }),
    `error ${root}.authorization_policies.house.rules[0].networks[0]`,
  ],
  [
    'a policy has a name of its own',
    provider({ authorization_policies: { deny: { rules: [{ subject: 'user:a' }] } } }),
    `error ${root}.authorization_policies.deny`,
  ],
  ['claims are accepted', claims({ id_token: ['email', 'groups'] })],
  ['a claim exists', claims({ id_token: ['emial'] }), `error ${root}.claims_policies.house.id_token[0]`],
  [
    'a claim of the protocol is refused',
    claims({ access_token: ['sub'] }),
    `error ${root}.claims_policies.house.access_token[0]`,
  ],
  ['a claim of one’s own is accepted', claims({ id_token: ['mail'], custom_claims: { mail: { attribute: 'email' } } })],
  [
    'a claim of one’s own has an attribute',
    claims({ custom_claims: { badge: {} } }),
    `error ${root}.claims_policies.house.custom_claims.badge`,
  ],
  [
    'an attribute exists',
    claims({ custom_claims: { badge: { attribute: 'emial' } } }),
    `error ${root}.claims_policies.house.custom_claims.badge.attribute`,
  ],
  [
    'a claim of the protocol is not redefined',
    claims({ custom_claims: { x: { name: 'iss', attribute: 'email' } } }),
    `error ${root}.claims_policies.house.custom_claims.x`,
  ],
  [
    'a claim is defined once',
    claims({ custom_claims: { a: { name: 'mail', attribute: 'email' }, b: { name: 'mail', attribute: 'username' } } }),
    `error ${root}.claims_policies.house.custom_claims.b`,
  ],
  ['a scope of one’s own is accepted', provider({ scopes: { house: { claims: ['email'] } } })],
  [
    'a standard scope is not redefined',
    provider({ scopes: { email: { claims: ['email'] } } }),
    `error ${root}.scopes.email`,
  ],
  [
    'reserved names of scopes are refused',
    provider({ scopes: { 'authelia.x': {} } }),
    `error ${root}.scopes.authelia.x`,
  ],
  ['one reserved name may be given claims', provider({ scopes: { 'authelia.pam': { claims: ['email'] } } })],
  [
    'a scope gives claims that exist',
    provider({ scopes: { house: { claims: ['badge'] } } }),
    `error ${root}.scopes.house.claims[0]`,
  ],
]);

const pinned = (client: object, ...jwks: object[]) =>
  provider({
    jwks,
    clients: [
      { client_id: 'app', client_secret: digest, redirect_uris: ['https://app.example.com/callback'], ...client },
    ],
  });
const pin = { id_token_signed_response_key_id: 'pinned' };
const client = `${root}.clients[0]`;

testRules(withOidc(), [
  ['a client may be pinned to a key that signs', pinned(pin, rsa, { ...rsa, key_id: 'pinned' })],
  [
    'a client may not be pinned to a key that is announced',
    pinned(pin, rsa, { ...rsa, key_id: 'pinned', not_before: later }),
    `error ${client}.id_token_signed_response_key_id`,
  ],
  [
    'a client may not be pinned to a key that will end',
    pinned(pin, rsa, { ...rsa, key_id: 'pinned', not_after: later }),
    `error ${client}.id_token_signed_response_key_id`,
  ],
  [
    'an algorithm that a client asks for does not end',
    pinned({ id_token_signed_response_alg: 'ES256' }, rsa, { ...ec, not_after: later }),
    `error ${client}.id_token_signed_response_alg`,
  ],
  [
    'an algorithm that a client asks for may go on with another key',
    pinned(
      { id_token_signed_response_alg: 'ES256' },
      rsa,
      { ...ec, not_after: later },
      { ...ec, key_id: 'next', not_before: later },
    ),
  ],
]);
