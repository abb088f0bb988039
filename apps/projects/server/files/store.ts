/**
 * Where the bytes of files are kept: one seam for a folder and for S3. A key is an id of ours, never a name that somebody
 * gave. Knows no to-do and no limit.
 */
export type ByteRange = { readonly first: number /** Within. */; readonly last: number };

export type FileStore = {
  /** Keeps a copy of the file at `path`. Once this returns, the bytes last. */
  put(key: string, path: string, sha256: string): Promise<void>;
  /** Asks whether bytes can be kept there now; throws when not. */
  check(): Promise<void>;
  /** Undefined when there is nothing under that key. */
  open(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>;
  /** Nothing under that key is no failure. */
  remove(key: string): Promise<void>;
};

export class FileStoreFailed extends Error {
  override readonly name = 'FileStoreFailed';
  readonly code = 'file-store-failed';
  /** What the store itself calls it. */
  readonly reason: string | undefined;
  constructor(message: string, options: ErrorOptions & { readonly reason?: string | undefined } = {}) {
    super(message, options);
    this.reason = options.reason;
  }
}

const keyPattern = /^[A-Za-z0-9-]{8,64}$/;

/** A key is put into paths and addresses as it is. */
export function checkedKey(key: string): string {
  if (!keyPattern.test(key)) throw new TypeError('a key of a file has letters, digits and hyphens alone');
  return key;
}
