/**
 * The blob of the FIDO Metadata Service (MDS 3.1, section 3): a signed list of the models of authenticators. What is not
 * signed by the FIDO Alliance, or is no such list, is refused; of the rest only what the rules need is kept, because the whole
 * has some megabytes. Pure but for the clock that is handed in.
 */
import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { leadsTo } from './chain.ts';

export type StatusReport = {
  readonly status: string;
  readonly effectiveMs: number | undefined;
  readonly sunsetMs: number | undefined;
};

export type Model = {
  readonly description: string;
  /** How keys of this model prove their maker: `basic_full`, `basic_surrogate`, `attca`, `anonca`, … */
  readonly attestationTypes: readonly string[];
  /** DER in base64. */
  readonly roots: readonly string[];
  readonly reports: readonly StatusReport[];
};

export type Blob = {
  readonly number: number;
  readonly nextUpdateMs: number;
  /** By AAGUID, lower case. */
  readonly models: ReadonlyMap<string, Model>;
};

/** Why a blob is not taken. */
export class BlobRefused extends Error {
  readonly code = 'metadata-blob-refused';
  override readonly name = 'BlobRefused';
}

/** Today's has about five megabytes. */
export const blobBytesMax = 32 * 2 ** 20;

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
const dayMs = 86_400_000;

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const payload = z.object({
  no: z.int().nonnegative(),
  nextUpdate: day,
  entries: z.array(z.unknown()),
});
const entry = z.object({
  aaguid: z.guid(),
  metadataStatement: z.object({
    description: z.string().catch(''),
    attestationTypes: z.array(z.string()),
    attestationRootCertificates: z.array(z.string()),
  }),
  statusReports: z.array(z.object({ status: z.string(), effectiveDate: day.optional(), sunsetDate: day.optional() })),
});

/** `roots`: PEM. Throws `BlobRefused`. */
export async function readBlob(text: string, roots: readonly string[], nowMs: number): Promise<Blob> {
  const signed = text.trim();
  const leaf = signerOf(signed, roots, nowMs);
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from((await compactVerify(signed, leaf.publicKey, { algorithms })).payload).toString());
  } catch (cause) {
    throw new BlobRefused('its signature is not right', { cause });
  }
  const read = payload.safeParse(said);
  if (!read.success) throw new BlobRefused('it is no list of authenticators', { cause: read.error });
  const models = read.data.entries.flatMap((each) => {
    const model = entry.safeParse(each).data;
    // Models of other protocols have no AAGUID, and one entry that is new to us does not spoil the rest.
    return model ? [[model.aaguid.toLowerCase(), modelOf(model)] as const] : [];
  });
  return {
    number: read.data.no,
    // It counts to the end of the day.
    nextUpdateMs: Date.parse(read.data.nextUpdate) + dayMs,
    models: new Map(models),
  };
}

/** Whose certificate it is signed with: somebody at fidoalliance.org, says an authority that is trusted. */
function signerOf(signed: string, roots: readonly string[], nowMs: number): X509Certificate {
  let chain: X509Certificate[];
  try {
    chain = (decodeProtectedHeader(signed).x5c ?? []).map((each) => new X509Certificate(Buffer.from(each, 'base64')));
  } catch (cause) {
    throw new BlobRefused('it is not signed as the metadata service signs', { cause });
  }
  const [leaf] = chain;
  const anchors = roots.map((root) => new X509Certificate(root));
  if (!leaf || !leadsTo(chain, anchors, nowMs))
    throw new BlobRefused('its certificates do not lead to the authority of the metadata service');
  if (!namesOf(leaf).some((name) => /(^|\.)fidoalliance\.org$/.test(name)))
    throw new BlobRefused('it is signed by somebody else than the FIDO Alliance');
  return leaf;
}

function namesOf({ subject, subjectAltName = '' }: X509Certificate): string[] {
  const common = /^CN=(.*)$/m.exec(subject)?.[1];
  const alternative = [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map((match) => match[1] ?? '');
  return [...(common === undefined ? [] : [common]), ...alternative];
}

function modelOf({ metadataStatement: statement, statusReports }: z.infer<typeof entry>): Model {
  return {
    description: statement.description,
    attestationTypes: statement.attestationTypes,
    roots: statement.attestationRootCertificates.map((root) => root.replace(/\s/g, '')),
    reports: statusReports.map(({ status, effectiveDate, sunsetDate }) => ({
      status,
      effectiveMs: effectiveDate === undefined ? undefined : Date.parse(effectiveDate),
      sunsetMs: sunsetDate === undefined ? undefined : Date.parse(sunsetDate),
    })),
  };
}
