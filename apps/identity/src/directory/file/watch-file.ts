/**
 * Tells when a file may have changed. It watches the folder, because editors and configuration mounts replace a file rather
 * than write into it, and compares what the file system says about the file, because a folder may be busy with others. And it
 * looks by the clock: what another machine writes into a network file system is not reported, nor what happens behind a link.
 */
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Changes within this time count as one, so that a file is seldom read half-written. */
const coolDownMs = 500;
const lookEveryMs = 5_000;

export type FileWatch = { readonly close: () => void };

/**
 * `changed` is awaited before the next change is looked at. `since` is what `fileSignature` said before the file was last
 * read. `failed` hears when watching itself ends or cannot begin (the folder is away, the system has no watches left); the clock
 * goes on.
 */
export function watchFile(options: {
  readonly path: string;
  readonly since: string;
  readonly changed: () => Promise<void>;
  readonly failed: (cause: unknown) => void;
}): FileWatch {
  let seen = options.since;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function lookSoon(): void {
    if (closed || timer) return;
    timer = setTimeout(look, coolDownMs);
    timer.unref();
  }

  async function look(): Promise<void> {
    const signature = await fileSignature(options.path);
    const isNew = signature !== seen;
    seen = signature;
    if (isNew && !closed) await options.changed();
    timer = undefined;
    // What happened meanwhile found the timer set and was not counted.
    if ((await fileSignature(options.path)) !== seen) lookSoon();
  }

  function watchFolder(): FSWatcher | undefined {
    try {
      return watch(dirname(resolve(options.path)), { persistent: false })
        .on('change', lookSoon)
        .on('error', options.failed);
    } catch (cause) {
      options.failed(cause);
      return undefined;
    }
  }

  const watcher = watchFolder();
  const clock = setInterval(lookSoon, lookEveryMs);
  clock.unref();
  // A change between reading and watching.
  lookSoon();

  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      clearInterval(clock);
      watcher?.close();
    },
  };
}

/** Differs whenever the file was replaced or written. A file that cannot be looked at has a signature too. */
export async function fileSignature(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  }
}
