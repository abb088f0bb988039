/** Rules of how answers to a client are signed and encrypted. */
import { type SignedResponse, signedResponses } from '../complete/client.ts';
import { error, type Finding, type Path } from '../problem.ts';
import { asymmetricEncryptionAlgs, symmetricSigningAlgs } from '../values/algorithms.ts';
import { includes } from '../values/attributes.ts';
import { firstGapMs } from '../values/key-life.ts';
import { formatMoment } from '../values/moment.ts';
import { keyAlgorithm } from './oidc-client-authentication.ts';
import type { ClientQuestion } from './oidc-client-question.ts';

export function checkClientAlgorithms(question: ClientQuestion): Finding[] {
  return [
    ...signedResponses.flatMap((response) => [
      ...checkSigned(response, question),
      ...checkEncrypted(response, question),
    ]),
    ...checkRequestObject(question),
  ];
}

function checkSigned(response: SignedResponse, { stated, keys, nowMs }: ClientQuestion): Finding[] {
  const algKey = `${response}_signed_response_alg` as const;
  const idKey = `${response}_signed_response_key_id` as const;
  const alg = stated[algKey] ?? '';
  const keyId = stated[idKey] ?? '';
  const signing = keys.filter((key) => key.use === 'sig');
  // Without a readable key the provider's own rules have spoken already.
  if (signing.length === 0) return [];
  if (keyId !== '') {
    const pinned = signing.filter((key) => key.key_id === keyId);
    if (pinned.length === 0)
      return [
        error([idKey], `No key has the id '${keyId}'.`, `Known: ${signing.map((key) => key.key_id).join(', ')}.`),
      ];
    const gapMs = firstGapMs(pinned, nowMs);
    return gapMs === undefined ? [] : [notSigning([idKey], `the key '${keyId}' does not sign`, gapMs, nowMs)];
  }
  const offered = [...new Set(signing.map((key) => key.algorithm))];
  if (alg === 'none' && (response === 'id_token' || response === 'authorization'))
    return [error([algKey], 'This answer must be signed.', `It takes ${offered.join(', ')}.`)];
  if (alg === '' || alg === 'none' || includes(symmetricSigningAlgs, alg)) return [];
  if (offered.includes(alg)) {
    const gapMs = firstGapMs(
      signing.filter((key) => key.algorithm === alg),
      nowMs,
    );
    // RS256 is every client's, and spoken of once for all.
    return gapMs === undefined || alg === 'RS256' ? [] : [notSigning([algKey], `no key signs ${alg}`, gapMs, nowMs)];
  }
  return [
    error([algKey], `No key of 'identity_providers.oidc.jwks' signs with ${alg}.`, `It takes ${offered.join(', ')}.`),
  ];
}

function notSigning(path: Path, what: string, gapMs: number, nowMs: number): Finding {
  const when = gapMs === nowMs ? 'Now' : `From ${formatMoment(gapMs)} on`;
  return error(
    path,
    `${when} ${what}.`,
    "Change 'not_before' and 'not_after' of the keys so that one follows the other, or name another key or algorithm here.",
  );
}

function checkEncrypted(response: SignedResponse, { stated, client }: ClientQuestion): Finding[] {
  const key = `${response}_encrypted_response_alg` as const;
  const alg = stated[key] ?? '';
  if (alg === '' || alg === 'none') return [];
  const findings: Finding[] = [];
  if (includes(asymmetricEncryptionAlgs, alg) && stated.jwks.length === 0 && stated.jwks_uri === '')
    findings.push(error([key], `${alg} needs the client's public key.`, "Write 'jwks' or 'jwks_uri'."));
  if (client[`${response}_signed_response_alg`] === 'none')
    findings.push(
      error([key], 'Only a signed answer can be encrypted.', `Set '${response}_signed_response_alg', such as 'RS256'.`),
    );
  return findings;
}

function checkRequestObject({ stated }: ClientQuestion): Finding[] {
  const alg = stated.request_object_signing_alg ?? '';
  if (alg === '' || alg === 'none' || includes(symmetricSigningAlgs, alg) || stated.jwks.length === 0) return [];
  const offered = stated.jwks.map(keyAlgorithm);
  return offered.includes(alg)
    ? []
    : [
        error(
          ['request_object_signing_alg'],
          `None of the client's keys is for ${alg}.`,
          `Its keys are for ${offered.join(', ')}.`,
        ),
      ];
}
