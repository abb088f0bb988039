/**
 * What the FIDO Alliance knows of models of authenticators: fetched when it is needed and the last is over, kept in the
 * database, and asked about each key that is to be added. Without it no key is added; signing in does not depend on it.
 */
import { lookup } from 'node:dns';
import { boundedRequest } from '@gatehouse/web/bounded-request.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Trusted } from '../../../tls-client.ts';
import { type Blob, BlobRefused, blobBytesMax, readBlob } from './blob.ts';
import type { KeptBlob, MetadataStore } from './metadata.store.ts';
import { judgeMaker, type MakerVerdict, type MetadataRules, type Shown } from './rules.ts';

export type MetadataOptions = {
  readonly url: URL;
  /** Whether a blob that was kept counts before this process has asked the service once. */
  readonly keptCounts: boolean;
  readonly rules: MetadataRules;
};

export type Metadata = {
  judge(shown: Shown): Promise<MakerVerdict | 'unavailable'>;
  /** Asks the service now unless there is a blob in force. Rejects where that is not to be had. */
  prepare(): Promise<void>;
  /** Takes the blob of the service, or the one handed in; answers it. Throws `BlobRefused`, and what the request throws. */
  update(text?: string): Promise<Blob>;
  /** The one that is kept, whether it is over or not. */
  kept(): Promise<(Blob & KeptBlob) | undefined>;
};

const requestTimeoutMs = 20_000;
/** After a failure the service is left alone for so long. */
const pauseMs = 60_000;

export function openMetadata(parts: {
  readonly options: MetadataOptions;
  readonly store: MetadataStore;
  /** PEM certificates of authorities that may sign the blob. Default: those the metadata service is known to use. */
  readonly roots?: readonly string[];
  readonly trusted: Trusted;
  readonly nowMs: () => number;
  readonly log: Log;
}): Metadata {
  const { options, store, trusted, nowMs, log } = parts;
  let inForce: Blob | undefined;
  let hasAsked = false;
  let failedAtMs: number | undefined;
  let underWay: Promise<Blob> | undefined;

  async function update(given?: string): Promise<Blob> {
    const text = given ?? (await fetchBlob(options.url, trusted));
    const roots = parts.roots ?? (await usualRoots());
    const blob = await readBlob(text, roots, nowMs());
    if (blob.nextUpdateMs <= nowMs()) throw new BlobRefused('it is over: it should have been replaced by a newer one');
    const before = inForce ?? (await kept());
    // An old one that is handed out again would hide what was found out since.
    if (before && blob.number < before.number)
      throw new BlobRefused(`it is older (${blob.number}) than the one that is here (${before.number})`);
    await store.keep({ blob: text, fetchedAtMs: nowMs() });
    inForce = blob;
    hasAsked = true;
    return blob;
  }

  async function kept(): Promise<(Blob & KeptBlob) | undefined> {
    const found = await store.find();
    if (!found) return undefined;
    const roots = parts.roots ?? (await usualRoots());
    try {
      return { ...(await readBlob(found.blob, roots, nowMs())), ...found };
    } catch (cause) {
      log.warn({ err: cause }, 'The metadata of authenticators that is kept cannot be used, so it is fetched anew.');
      return undefined;
    }
  }

  const isFresh = (blob: Blob | undefined): blob is Blob => blob !== undefined && nowMs() < blob.nextUpdateMs;

  /** In force, from the database, or from the service: whichever does first. */
  async function current(): Promise<Blob> {
    if (isFresh(inForce)) return inForce;
    if (options.keptCounts || hasAsked) {
      const found = await kept();
      if (isFresh(found)) {
        inForce = found;
        return found;
      }
    }
    if (failedAtMs !== undefined && nowMs() < failedAtMs + pauseMs)
      throw new BlobRefused('the metadata service could not be asked a moment ago');
    underWay ??= update().finally(() => {
      underWay = undefined;
    });
    try {
      return await underWay;
    } catch (cause) {
      failedAtMs = nowMs();
      throw cause;
    }
  }

  return {
    update,
    kept,
    async prepare() {
      await current();
    },
    async judge(shown) {
      try {
        const model = (await current()).models.get(shown.aaguid);
        const verdict = judgeMaker(shown, model, options.rules, nowMs());
        if (verdict !== 'accepted')
          log.warn({ model: shown.aaguid, name: model?.description, reason: verdict }, 'A security key was not let in');
        return verdict;
      } catch (cause) {
        log.error({ err: cause }, describeAbsence(options.url));
        return 'unavailable';
      }
    },
  };
}

/** For the log. */
export function describeAbsence(url: URL | undefined): string {
  return `The metadata of authenticators cannot be had from ${url?.href}, and no key can be added until it can.`;
}

async function fetchBlob(url: URL, trusted: Trusted): Promise<string> {
  const answer = await boundedRequest(url, {
    lookup,
    signal: AbortSignal.timeout(requestTimeoutMs),
    bodyBytesMax: blobBytesMax,
    ca: trusted,
  });
  if (answer.status !== 200) throw new BlobRefused(`the metadata service answered ${answer.status}`);
  return answer.text();
}

/** Authorities of the certificates that the FIDO Alliance signs with. */
async function usualRoots(): Promise<readonly string[]> {
  const { SettingsService } = await import('@simplewebauthn/server');
  return SettingsService.getRootCertificates({ identifier: 'mds' });
}
