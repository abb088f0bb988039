/**
 * A real program as part of a test: started, waited for, stopped or killed with everything it started. Its output stands in
 * a file of the test's folder and its end in the message when something goes wrong.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { descendantsOf, isRunning, listenersAt, listensAt } from './listeners.ts';
import { onProcessEnd } from './process-end.ts';
import type { Owner } from './temporary-folder.ts';

export type ChildOptions = {
  /** Names the log file: `<folder>/<name>.log`. */
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ready when a line of its output matches, or when it listens at the port, and nobody else; absent: ready at once. */
  readonly ready?: { readonly line: RegExp } | { readonly port: number };
  /** Default a minute: machines that are shared are slow at times, and who never gets ready is told apart all the same. */
  readonly readyMsMax?: number;
  readonly user?: Owner;
};

export type Child = AsyncDisposable & {
  readonly pid: number;
  readonly logPath: string;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** The next output, past or to come, that matches. */
  line(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves with the exit code, or with the signal's name. */
  readonly ended: Promise<number | string>;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL for it and all it started: what a power cut looks like to it. */
  kill(): Promise<void>;
  /** SIGTERM (or another signal), then after five seconds SIGKILL. */
  stop(signal?: NodeJS.Signals): Promise<void>;
};

const stopMsMax = 5_000;
const shownLines = 40;
const pollMs = 5;
const listenPollMs = 15;

export async function startChild(options: ChildOptions): Promise<Child> {
  const child = openChild(options);
  const { ready } = options;
  if (!ready) return child;
  const msMax = options.readyMsMax ?? 60_000;
  const port = 'port' in ready ? ready.port : undefined;
  const over = new AbortController();
  const isReady = 'port' in ready ? listening(child, ready.port, options.user, over.signal) : child.line(ready.line);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${options.name} was not ready after ${msMax} ms`)), msMax);
  });
  const dead = child.ended.then((how) => {
    throw new Error(`${options.name} ended (${how}) before it was ready`);
  });
  try {
    await Promise.race([isReady, late, dead]);
    return child;
  } catch (cause) {
    await child.kill();
    const tail = child.output().split('\n').slice(-shownLines).join('\n');
    const taken = port !== undefined && listenersAt(port).length > 0 ? `; another process listens at port ${port}` : '';
    throw new Error(`${cause instanceof Error ? cause.message : cause}${taken}\n${tail}`, { cause });
  } finally {
    clearTimeout(timer);
    over.abort();
    dead.catch(() => {});
  }
}

async function listening(child: Child, port: number, user: Owner | undefined, over: AbortSignal): Promise<void> {
  while (!over.aborted && !listensAt(port, child.pid, user)) await pause(listenPollMs);
}

function openChild(options: ChildOptions): Child {
  const logPath = join(options.folder, `${options.name}.log`);
  writeFileSync(logPath, '');
  const process_ = spawn(options.command, options.arguments, {
    cwd: options.cwd ?? options.folder,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that one signal reaches all it started.
    detached: true,
    ...options.user,
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      try {
        appendFileSync(logPath, text);
      } catch {
        // The folder may be gone before the last words arrive.
      }
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    process_.once('error', (cause) => resolve(cause.message));
    process_.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const forget = onProcessEnd(() => signalGroup(process_, 'SIGKILL'));
  ended.then(forget);

  async function kill(): Promise<void> {
    // PostgreSQL's backends leave the group, so they are looked up; a backend that lived on might still answer.
    const started = process_.pid === undefined ? [] : descendantsOf(process_.pid);
    signalGroup(process_, 'SIGKILL');
    for (const pid of started) signalOne(pid, 'SIGKILL');
    await ended;
    while (started.some(isRunning)) await pause(pollMs);
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (hasEnded(process_)) return signalGroup(process_, 'SIGKILL');
    process_.kill(signal);
    const timer = setTimeout(() => signalGroup(process_, 'SIGKILL'), stopMsMax);
    await ended;
    clearTimeout(timer);
    signalGroup(process_, 'SIGKILL');
  }

  return {
    pid: process_.pid ?? -1,
    logPath,
    output: () => output,
    line: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const match = output.match(pattern);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
      }),
    ended,
    signal: (signal) => void process_.kill(signal),
    kill,
    stop,
    [Symbol.asyncDispose]: () => stop(),
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
