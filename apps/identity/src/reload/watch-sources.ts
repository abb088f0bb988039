/**
 * Tells when what a configuration was read from has changed on the disk. It watches folders and files, because editors and
 * configuration mounts replace a file rather than write into it, and compares contents, because a folder may be busy with
 * others. A change counts once it has stood still, so that a file is not read half-written.
 */
import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fingerprintOf, type Sources } from '../config/source/sources.ts';

/** Between a sign of change and the look at the files, and between two looks that must agree. */
const coolDownMs = 500;

export type SourceWatch = {
  /** What was read last: changes count from there. */
  follow(sources: Sources): void;
  close(): void;
};

/** `changed` is to lead to `follow`. `failed` hears of a place that cannot be watched. */
export function watchSources(options: {
  readonly sources: Sources;
  /** Asked whenever there is something new to follow. */
  readonly isWanted: () => boolean;
  readonly changed: () => void;
  readonly failed: (cause: unknown) => void;
}): SourceWatch {
  let { sources } = options;
  let seen: Sources | undefined;
  let watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function lookSoon(): void {
    if (closed || timer) return;
    timer = setTimeout(look, coolDownMs);
    timer.unref();
  }

  function look(): void {
    timer = undefined;
    const now = new Map([...sources.keys()].map((path) => [path, fingerprintOf(path)]));
    if (isDeepStrictEqual(now, sources)) {
      seen = undefined;
      return;
    }
    if (isDeepStrictEqual(now, seen)) {
      options.changed();
      return;
    }
    seen = now;
    lookSoon();
  }

  function stop(): void {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  }

  function start(): void {
    stop();
    if (!options.isWanted()) return;
    for (const path of placesOf(sources.keys()))
      try {
        const watcher = watch(path, { persistent: false });
        watcher.on('change', lookSoon);
        watcher.on('error', options.failed);
        watchers.push(watcher);
      } catch (cause) {
        options.failed(cause);
      }
    // A change between reading and watching.
    lookSoon();
  }

  start();
  return {
    follow(next) {
      sources = next;
      seen = undefined;
      if (!closed) start();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      stop();
    },
  };
}

/** Each path, the folder it stands in, and the same for what it is a link to. What does not exist is seen by its folder. */
function placesOf(paths: Iterable<string>): ReadonlySet<string> {
  const places = new Set<string>();
  for (const path of paths) {
    const own = resolve(path);
    const target = realPath(own);
    for (const place of [own, dirname(own), target, dirname(target)])
      if (statSync(place, { throwIfNoEntry: false })) places.add(place);
  }
  return places;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
