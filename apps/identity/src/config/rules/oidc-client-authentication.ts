/** Rules of how a client proves who it is: the secret and the method of each of the four endpoints. */
import { type EndpointName, endpointNames, hasToken, signedResponses } from '../complete/client.ts';
import { defaultAlgorithm } from '../complete/signing-keys.ts';
import { error, type Finding, warning } from '../problem.ts';
import { symmetricEncryptionAlgs, symmetricSigningAlgs } from '../values/algorithms.ts';
import { includes } from '../values/attributes.ts';
import type { ClientQuestion } from './oidc-client-question.ts';

export function checkClientAuthentication(question: ClientQuestion): Finding[] {
  return [...checkSecret(question), ...endpointNames.flatMap((endpoint) => checkMethod(endpoint, question))];
}

const digestCure = "Make a digest with 'gatehouse crypto hash generate pbkdf2'.";

function checkSecret(question: ClientQuestion): Finding[] {
  const { stated, client } = question;
  const path = ['client_secret'];
  const secret = stated.client_secret;
  const method = client.token_endpoint_auth_method;
  if (stated.public)
    return secret ? [error(path, 'A public client has no secret.', "Remove it, or set 'public' to false.")] : [];
  const withoutSecret = method === 'none' || method === 'private_key_jwt';
  const wanted = plaintextReason(question);
  if (!secret) {
    if (withoutSecret && !wanted) return [];
    return [
      error(
        path,
        'The secret is missing.',
        `Set it, or choose another 'token_endpoint_auth_method' than '${method}'. ${digestCure}`,
      ),
    ];
  }
  if (withoutSecret && !wanted)
    return [error(path, `The method '${method}' has no secret.`, "Remove it, or change 'token_endpoint_auth_method'.")];
  if (wanted && secret.kind === 'digest')
    return [
      error(
        path,
        `The secret is a digest, and ${wanted} needs it in plain text.`,
        "Write '$plaintext$' and the secret.",
      ),
    ];
  return !wanted && secret.kind === 'plaintext'
    ? [warning(path, 'The secret is written in plain text.', digestCure)]
    : [];
}

/** What makes the secret itself necessary, or undefined. */
function plaintextReason({ stated, client }: ClientQuestion): string | undefined {
  const endpoint = endpointNames.find((name) => client[`${name}_endpoint_auth_method`] === 'client_secret_jwt');
  if (endpoint) return `the method client_secret_jwt`;
  for (const response of signedResponses) {
    if (includes(symmetricSigningAlgs, client[`${response}_signed_response_alg`]))
      return `${response}_signed_response_alg ${client[`${response}_signed_response_alg`]}`;
    const encryption = stated[`${response}_encrypted_response_alg`] ?? '';
    if (includes(symmetricEncryptionAlgs, encryption)) return `${response}_encrypted_response_alg ${encryption}`;
  }
  return undefined;
}

function checkMethod(endpoint: EndpointName, { stated, client }: ClientQuestion): Finding[] {
  const key = `${endpoint}_endpoint_auth_method` as const;
  const method = client[key];
  const findings: Finding[] = [];
  if (stated.public && method !== 'none')
    findings.push(error([key], `A public client cannot use '${method}'.`, "Use 'none', or set 'public' to false."));
  if (!stated.public && method === 'none' && !onlyImplicit(client.response_types))
    findings.push(
      error(
        [key],
        "Only a public client, or one that never exchanges a code, may use 'none'.",
        "Choose another method, or set 'public' to true.",
      ),
    );
  return [...findings, ...checkSigningAlg(endpoint, method, stated)];
}

function onlyImplicit(types: readonly string[]): boolean {
  return types.length > 0 && types.every((type) => hasToken(type) && !type.includes('code'));
}

function checkSigningAlg(endpoint: EndpointName, method: string, stated: ClientQuestion['stated']): Finding[] {
  const key = `${endpoint}_endpoint_auth_signing_alg` as const;
  const alg = stated[key] ?? '';
  if (method === 'client_secret_jwt' && alg !== '' && !includes(symmetricSigningAlgs, alg))
    return [error([key], `'${alg}' does not sign with a secret.`, `It takes ${symmetricSigningAlgs.join(', ')}.`)];
  if (method !== 'private_key_jwt') return [];
  if (alg === '')
    return [error([key], "The method 'private_key_jwt' needs an algorithm.", "Write it, such as 'RS256'.")];
  if (stated.jwks.length === 0 && stated.jwks_uri === '')
    return [
      error(
        [`${endpoint}_endpoint_auth_method`],
        "The method 'private_key_jwt' needs the client's public keys.",
        "Write 'jwks' or 'jwks_uri'.",
      ),
    ];
  const offered = stated.jwks.flatMap((entry) => (entry.use === 'sig' ? [keyAlgorithm(entry)] : []));
  return stated.jwks.length > 0 && !offered.includes(alg)
    ? [error([key], `None of the client's keys is for ${alg}.`, `Its keys are for ${offered.join(', ') || 'nothing'}.`)]
    : [];
}

type StatedKey = ClientQuestion['stated']['jwks'][number];

export function keyAlgorithm({ algorithm, key, use }: StatedKey): string {
  return algorithm || (key ? defaultAlgorithm(key.shape, use) : '');
}
