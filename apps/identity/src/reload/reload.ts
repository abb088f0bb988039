/**
 * Reloading: the configuration is read whole, checked whole, opened beside the running one and put in force in one
 * assignment; whatever stands in the way changes nothing and is logged. One reload at a time; of those asked for meanwhile
 * the last is done. It does not know what services are, nor when to reload.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Loaded, Refused } from '../config/load.ts';
import { formatProblems } from '../config/problem.ts';
import type { Sources } from '../config/source/sources.ts';
import { findUnsupported } from '../config/unsupported.ts';
import { type Changes, changesBetween } from './changes.ts';
import { keepUntilRestart, needsRestart } from './restart-only.ts';

/** `files`: one of them changed. `signal`: somebody asks. `keys`: a signing key begins or ends; nothing is read. */
export type Reason = 'files' | 'signal' | 'keys';

const anew = 'The new configuration could not be put in force; the one before stays in force';
const failures: Readonly<Record<Reason, string>> = {
  files: anew,
  signal: anew,
  keys: 'Other keys should sign now and could not be taken into use; the ones before sign on, and it is tried again in a minute',
};

export type ReloadParts = {
  readonly first: Loaded;
  read(): Loaded | Refused;
  /**
   * Opens everything that this configuration asks for, checks it, and puts it in force as its last act. `in force` already, it is
   * opened again for its keys, and what lies outside and is away just now must not stand in the way.
   */
  apply(loaded: Loaded, which: 'new' | 'in force'): Promise<void>;
  /** What has been read: at once, and again when it is decided whether it is in force. */
  onRead(sources: Sources): void;
  readonly log: Log;
};

export type Reload = {
  /** Resolves when no reload is under way any more. */
  request(reason: Reason): Promise<void>;
  /** In force. */
  configuration(): Configuration;
  /** Waits for the one under way; no other follows. */
  close(): Promise<void>;
};

export function openReload({ first, read, apply, onRead, log }: ReloadParts): Reload {
  let running = first;
  let asked: Reason | undefined;
  let underWay: Promise<void> | undefined;
  let closed = false;

  async function work(): Promise<void> {
    for (let reason = asked; reason && !closed; reason = asked) {
      asked = undefined;
      try {
        if (reason === 'keys') await apply(running, 'in force');
        else await readAnew();
      } catch (failure) {
        // A failure with a code has a message for people; any other is ours, and its stack is wanted.
        const told = failure instanceof Error && 'code' in failure ? { reason: failure.message } : { err: failure };
        log.error(told, failures[reason]);
      }
    }
  }

  async function readAnew(): Promise<void> {
    const answer = read();
    // At once, so that a change meanwhile is seen; and again, because the watching itself may be switched.
    onRead(answer.sources);
    try {
      await judge(answer);
    } finally {
      onRead(answer.sources);
    }
  }

  async function judge(answer: Loaded | Refused): Promise<void> {
    if (answer.kind === 'refused') {
      const errors = answer.problems.filter(({ severity }) => severity === 'error');
      return refuse(formatProblems(answer.problems), errors.length);
    }
    const unsupported = findUnsupported(answer.configuration);
    if (unsupported.length > 0) return refuse(unsupported.join('\n'), unsupported.length);
    const sinceStart = changesBetween(first.written, answer.written).keys.filter(needsRestart);
    const changes = withoutRestartOnly(changesBetween(running.written, answer.written));
    const next = { ...answer, configuration: keepUntilRestart(first.configuration, answer.configuration) };
    await apply(next, 'new');
    running = next;
    sayWhatChanged(changes, log);
    if (answer.warnings.length > 0) log.warn(`The configuration has warnings:\n${formatProblems(answer.warnings)}`);
    if (sinceStart.length > 0)
      log.warn({ keys: sinceStart }, `Changed, but in force only after a restart: ${sinceStart.join(', ')}`);
  }

  function refuse(text: string, problems: number): void {
    log.error({ problems }, `The new configuration is refused; the one before stays in force:\n${text}`);
  }

  return {
    request(reason) {
      // A reading does what a change of keys would, and more.
      asked = reason === 'keys' ? (asked ?? reason) : reason;
      underWay ??= work().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    configuration: () => running.configuration,
    async close() {
      closed = true;
      await underWay;
    },
  };
}

function withoutRestartOnly(changes: Changes): Changes {
  return { ...changes, keys: changes.keys.filter((key) => !needsRestart(key)) };
}

function sayWhatChanged({ keys, clientsAdded, clientsRemoved, clientsChanged }: Changes, log: Log): void {
  log.info(
    {
      changed: keys,
      clients_added: clientsAdded,
      clients_removed: clientsRemoved,
      clients_changed: clientsChanged,
    },
    'The configuration was read again and is in force',
  );
}
