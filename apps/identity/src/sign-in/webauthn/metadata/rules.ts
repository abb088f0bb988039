/**
 * May a key of this model be added, by what its maker and the FIDO Alliance say of it? (`webauthn.metadata.validate_*`.) A
 * table, without I/O: the model has been looked up already.
 */
import { X509Certificate } from 'node:crypto';
import type { Model, StatusReport } from './blob.ts';
import { leadsTo } from './chain.ts';

export type MetadataRules = {
  readonly trustAnchor: boolean;
  readonly entry: boolean;
  readonly permitZeroModel: boolean;
  readonly status: boolean;
  readonly permittedStatuses: readonly string[];
  readonly prohibitedStatuses: readonly string[];
};

/** What a key showed of itself. */
export type Shown = {
  readonly aaguid: string;
  readonly format: string;
  /** See `attestationTypeOf` in `registration.ts`. */
  readonly type: string;
  /** DER, the leaf first. */
  readonly certificates: readonly Uint8Array[];
};

export type MakerVerdict = 'accepted' | 'unknown-model' | 'unproven' | 'untrusted' | 'status';

const zeroModel = '00000000-0000-0000-0000-000000000000';

export function judgeMaker(shown: Shown, model: Model | undefined, rules: MetadataRules, nowMs: number): MakerVerdict {
  if (shown.aaguid === zeroModel && rules.permitZeroModel) return 'accepted';
  if (!model) return rules.entry ? 'unknown-model' : 'accepted';
  // Without a statement anybody may name any model: a check that everybody can skip would be none.
  if (shown.format === 'none') return rules.entry || rules.trustAnchor ? 'unproven' : 'accepted';
  if (rules.status && !areStatusesFine(model.reports, rules, nowMs)) return 'status';
  if (rules.trustAnchor && !isByMaker(shown, model, nowMs)) return 'untrusted';
  return 'accepted';
}

function isByMaker({ type, certificates }: Shown, model: Model, nowMs: number): boolean {
  if (!model.attestationTypes.includes(type)) return false;
  // Signed by the key itself, as keys of this model are: there is no maker's certificate to follow.
  if (certificates.length === 0) return type === 'basic_surrogate';
  const [chain, anchors] = [certificates.map((each) => new X509Certificate(each)), model.roots.flatMap(certificateOf)];
  return leadsTo(chain, anchors, nowMs);
}

/** One root that cannot be read does not take the others away. */
function certificateOf(base64: string): X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(base64, 'base64'))];
  } catch {
    return [];
  }
}

/**
 * A weakness that was found stays one whatever was reported later, so what is prohibited is looked for in every report in
 * effect; what is permitted has to be the latest word (MDS 3.1, section 3.1.4).
 */
function areStatusesFine(
  reports: readonly StatusReport[],
  { permittedStatuses, prohibitedStatuses }: MetadataRules,
  nowMs: number,
): boolean {
  const inEffect = reports.filter(
    ({ effectiveMs = 0, sunsetMs = Number.POSITIVE_INFINITY }) => effectiveMs <= nowMs && nowMs < sunsetMs,
  );
  if (inEffect.some(({ status }) => prohibitedStatuses.includes(status))) return false;
  if (permittedStatuses.length === 0) return true;
  const latest = inEffect.reduce<StatusReport | undefined>(
    (found, each) => ((each.effectiveMs ?? 0) >= (found?.effectiveMs ?? 0) ? each : found),
    undefined,
  );
  return latest !== undefined && permittedStatuses.includes(latest.status);
}
