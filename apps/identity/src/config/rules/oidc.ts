/** Rules of `identity_providers.oidc`, but for clients and for claims, which have files of their own. */
import { completeOidc } from '../complete/oidc.ts';
import { defaultAlgorithm } from '../complete/signing-keys.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated, StatedOidc } from '../schema/configuration.ts';
import { asymmetricSigningAlgs, encryptionAlgs } from '../values/algorithms.ts';
import { includes } from '../values/attributes.ts';
import { chainBelongsTo, chainExpiry, type KeyShape } from '../values/pem.ts';
import { checkNetworks } from './access-control.ts';
import type { RuleContext } from './context.ts';
import { checkClaimsPolicies, checkScopes } from './oidc-claims.ts';
import { checkClients } from './oidc-clients.ts';
import { checkKeyLives, keyCure } from './oidc-key-life.ts';
import { checkRegistration } from './oidc-registration.ts';

const root = ['identity_providers', 'oidc'];

export function checkOidc(stated: Stated, context: RuleContext): Finding[] {
  const { oidc } = stated.identity_providers;
  if (!oidc) return [];
  return [
    ...checkKeys(oidc, context),
    ...checkOptions(oidc, stated),
    ...checkCors(oidc),
    ...checkPolicies(oidc, stated),
    ...checkClaimsPolicies(oidc, stated),
    ...checkScopes(oidc),
    ...checkClients(oidc, context),
    ...checkRegistration(oidc),
  ];
}

const keyIdCharactersMax = 100;

function checkKeys(oidc: StatedOidc, { nowMs }: RuleContext): Finding[] {
  const findings: Finding[] = [];
  const path = [...root, 'jwks'];
  const old = (['issuer_private_key', 'issuer_certificate_chain'] as const).filter((key) => oidc[key]);
  for (const key of old)
    findings.push(
      oidc.jwks.length > 0
        ? error([...root, key], `This old key cannot stand beside 'jwks'.`, 'Move it into an entry of jwks.')
        : warning(
            [...root, key],
            'This is an old key.',
            "Write an entry of 'jwks' with 'key' and 'certificate_chain'.",
          ),
    );
  if (oidc.jwks.length === 0 && !oidc.issuer_private_key)
    return [...findings, error(path, 'There is no key to sign with.', keyCure)];
  for (const [index, entry] of oidc.jwks.entries()) {
    const here = [...path, index];
    if (!entry.key) findings.push(error([...here, 'key'], 'The private key is missing.', keyCure));
    else if (entry.certificate_chain && !chainBelongsTo(entry.certificate_chain, entry.key.key))
      findings.push(
        error(
          [...here, 'certificate_chain'],
          'The first certificate is not for this key.',
          'Put the leaf of this key first.',
        ),
      );
    const expiry = entry.certificate_chain && chainExpiry(entry.certificate_chain, nowMs);
    if (expiry)
      findings.push(
        error([...here, 'certificate_chain'], `The chain cannot be used: ${expiry}.`, 'Renew the certificate.'),
      );
    findings.push(...checkKeyId(entry.key_id ?? '', here), ...checkKeyAlgorithm(entry, here));
  }
  const ids = oidc.jwks.map((entry) => `${entry.use} ${entry.key_id ?? ''}`);
  for (const [index, entry] of oidc.jwks.entries())
    if (entry.key_id && ids.indexOf(`${entry.use} ${entry.key_id}`) !== index)
      findings.push(
        error(
          [...path, index, 'key_id'],
          `Another key has the id '${entry.key_id}'.`,
          'Give each key an id of its own.',
        ),
      );
  return [...findings, ...checkKeyLives(oidc, nowMs)];
}

function checkKeyId(id: string, path: Path): Finding[] {
  if (id === '') return [];
  const here = [...path, 'key_id'];
  if (id.length > keyIdCharactersMax)
    return [error(here, `The id is longer than ${keyIdCharactersMax} characters.`, 'Shorten it.')];
  return /^[A-Za-z0-9]([A-Za-z0-9._~-]*[A-Za-z0-9])?$/.test(id)
    ? []
    : [
        error(
          here,
          'The id has characters that it may not have.',
          'Begin and end with a letter or digit; use letters, digits and . _ ~ - between.',
        ),
      ];
}

type StatedKey = StatedOidc['jwks'][number];

function checkKeyAlgorithm({ algorithm, use, key }: StatedKey, path: Path): Finding[] {
  if (!algorithm) return [];
  const here = [...path, 'algorithm'];
  const allowed: readonly string[] = use === 'sig' ? asymmetricSigningAlgs : encryptionAlgs;
  if (!allowed.includes(algorithm))
    return [
      error(here, `'${algorithm}' is no algorithm for a key with the use '${use}'.`, `It takes ${allowed.join(', ')}.`),
    ];
  const fits = !key || fitsShape(algorithm, use, key.shape);
  return fits
    ? []
    : [error(here, `'${algorithm}' does not fit this kind of key.`, 'Remove it: the algorithm follows from the key.')];
}

function fitsShape(algorithm: string, use: 'sig' | 'enc', shape: KeyShape): boolean {
  if (use === 'enc') return algorithm.startsWith(shape.type === 'rsa' ? 'RSA' : 'ECDH');
  return shape.type === 'rsa' ? /^[RP]S/.test(algorithm) : algorithm === defaultAlgorithm(shape, use);
}

function checkOptions(oidc: StatedOidc, stated: Stated): Finding[] {
  const findings: Finding[] = [];
  const path = [...root, 'minimum_parameter_entropy'];
  const entropy = oidc.minimum_parameter_entropy;
  if (entropy === -1)
    findings.push(warning(path, 'State and nonce may be guessable now.', 'Remove the key; 8 is the default.'));
  else if (entropy < -1) findings.push(error(path, `${entropy} is no number of characters.`, 'Use 8 or more.'));
  else if (entropy > 0 && entropy < 8)
    findings.push(warning(path, `${entropy} characters are too few to be safe.`, 'Use 8 or more.'));
  const keys = completeOidc(oidc, stated).jwks.filter((key) => key.use === 'sig');
  const { discovery_signed_response_alg: alg, discovery_signed_response_key_id: keyId } = oidc;
  if (alg !== '' && alg !== 'none' && !keys.some((key) => key.algorithm === alg))
    findings.push(
      error(
        [...root, 'discovery_signed_response_alg'],
        `No key signs with ${alg}.`,
        `It takes ${[...keys.map((key) => key.algorithm), 'none'].join(', ')}.`,
      ),
    );
  if (keyId !== '' && !keys.some((key) => key.key_id === keyId))
    findings.push(
      error(
        [...root, 'discovery_signed_response_key_id'],
        `No key has the id '${keyId}'.`,
        `Known: ${keys.map((key) => key.key_id).join(', ')}.`,
      ),
    );
  if (oidc.clients.length === 0)
    findings.push(error([...root, 'clients'], 'There are no clients.', "Write at least one entry of 'clients'."));
  return findings;
}

function checkCors({ cors }: StatedOidc): Finding[] {
  const path = [...root, 'cors', 'allowed_origins'];
  return cors.allowed_origins.flatMap((origin, index) => {
    const here = [...path, index];
    if (origin === '*') {
      if (cors.allowed_origins.length > 1)
        return [error(here, "'*' stands beside other origins.", "Keep '*' alone, or remove it.")];
      return cors.allowed_origins_from_client_redirect_uris
        ? [
            error(
              here,
              "'*' allows every origin, and origins of clients are to be added.",
              "Remove '*', or set 'allowed_origins_from_client_redirect_uris' to false.",
            ),
          ]
        : [];
    }
    if (!URL.canParse(origin))
      return [
        error(here, `'${origin}' is not an origin.`, "Write scheme and host, such as 'https://app.example.com'."),
      ];
    const url = new URL(origin);
    const bare =
      (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === '' && !origin.endsWith('/');
    return bare ? [] : [error(here, 'An origin has no path and no query.', `Write '${url.origin}'.`)];
  });
}

const levels = ['one_factor', 'two_factor', 'deny'];

function checkPolicies(oidc: StatedOidc, stated: Stated): Finding[] {
  return Object.entries(oidc.authorization_policies).flatMap(([name, policy]) => {
    const path = [...root, 'authorization_policies', name];
    const findings: Finding[] = [];
    if (name === '') findings.push(error(path, 'A policy has no name.', 'Name it.'));
    if (includes(levels, name)) findings.push(error(path, `'${name}' is a policy already.`, 'Choose another name.'));
    if (policy.rules.length === 0)
      findings.push(error([...path, 'rules'], 'The policy has no rules.', "Write at least one entry of 'rules'."));
    for (const [index, rule] of policy.rules.entries()) {
      const here = [...path, 'rules', index];
      if (rule.subject.length === 0 && rule.networks.length === 0)
        findings.push(error(here, 'The rule says neither who nor from where.', "Write 'subject' or 'networks'."));
      for (const [position, all] of rule.subject.entries())
        for (const subject of all)
          if (!/^(user|group):./.test(subject))
            findings.push(
              error(
                [...here, 'subject', position],
                `'${subject}' is not a subject.`,
                "Begin with 'user:' or 'group:'.",
              ),
            );
      findings.push(...checkNetworks(rule.networks, [...here, 'networks'], stated));
    }
    return findings;
  });
}
