/**
 * Rules of the lives of signing keys: at every instant from now on some key signs RS256, and what ends without a successor is
 * told a month ahead. The warnings are asked for again every day while the server runs.
 */
import { completeSigningKeys, type SigningKey } from '../complete/signing-keys.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { StatedOidc } from '../schema/configuration.ts';
import { firstGapMs } from '../values/key-life.ts';
import { formatMoment } from '../values/moment.ts';

export const keyCure = "Write 'jwks' with at least one RSA key; 'gatehouse crypto pair rsa generate' makes one.";

const root: Path = ['identity_providers', 'oidc', 'jwks'];
const soonMs = 30 * 86_400_000;

export function checkKeyLives(oidc: StatedOidc, nowMs: number): Finding[] {
  const findings = oidc.jwks.flatMap(({ use, not_before: begin, not_after: end }, index) => {
    if (begin === undefined && end === undefined) return [];
    const path = [...root, index, begin === undefined ? 'not_after' : 'not_before'];
    if (use === 'enc')
      return [error(path, 'A key for encryption has no such life.', "Remove 'not_before' and 'not_after'.")];
    return begin !== undefined && end !== undefined && end <= begin
      ? [error(path, 'The key ends before it begins.', "Write a later 'not_after'.")]
      : [];
  });
  // A key that could not be read may be the one that is missed.
  if (findings.length > 0 || oidc.jwks.some((entry) => !entry.key)) return findings;
  const keys = completeSigningKeys(oidc);
  const gapMs = firstGapMs(signing(keys, 'RS256'), nowMs);
  if (gapMs === undefined) return keyWarnings(keys, nowMs);
  if (gapMs === nowMs)
    return [
      error(root, 'None of the keys signs with RS256 now, which every application must be able to expect.', keyCure),
    ];
  return [
    error(
      root,
      `From ${formatMoment(gapMs)} on none of the keys signs with RS256, which every application must be able to expect.`,
      "Add a key whose 'not_before' is that moment or earlier, or remove 'not_after' from the last one.",
    ),
  ];
}

/** What an administrator has to do within a month. The paths count the keys as they stand in the file. */
export function keyWarnings(keys: readonly SigningKey[], nowMs: number): Finding[] {
  const ending = [...new Set(keys.filter(({ use }) => use === 'sig').map(({ algorithm }) => algorithm))].flatMap(
    (algorithm) => {
      const gapMs = firstGapMs(signing(keys, algorithm), nowMs);
      return gapMs === undefined || gapMs === nowMs || gapMs - nowMs > soonMs
        ? []
        : [
            warning(
              root,
              `The last key for ${algorithm} ends at ${formatMoment(gapMs)}.`,
              'Add a key that follows it, at least a day before; until then discovery offers the algorithm.',
            ),
          ];
    },
  );
  const expiring = keys.flatMap(({ certificate_chain: chain = [] }, index) => {
    const endMs = Math.min(...chain.map((certificate) => certificate.validToDate.getTime()));
    return endMs - nowMs > soonMs
      ? []
      : [
          warning(
            [...root, index, 'certificate_chain'],
            `A certificate of the chain expires at ${formatMoment(endMs)}.`,
            'Renew it before: a start after that moment is refused.',
          ),
        ];
  });
  return [...ending, ...expiring];
}

function signing(keys: readonly SigningKey[], algorithm: string): SigningKey[] {
  // The old spelling of the key says RS256 whatever kind it is.
  const fits = (key: SigningKey) => algorithm !== 'RS256' || key.shape.type === 'rsa';
  return keys.filter((key) => key.use === 'sig' && key.algorithm === algorithm && fits(key));
}
