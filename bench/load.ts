/** Load in counted portions: so many callers take the next piece of work until none is left. Knows no HTTP. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Works through all `pieces` and answers with how many a second that made. */
export async function exhaust<Piece>(
  pieces: readonly Piece[],
  callers: number,
  work: (piece: Piece) => Promise<void>,
): Promise<number> {
  const rest = pieces.values();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const piece of rest) await work(piece);
    }),
  );
  return (pieces.length * 1000) / (performance.now() - start);
}

export type RawRate = { readonly perSecond: number; readonly processorMs: number };

/** How many a second the bare machine does and what processor time one takes, measured in a process of its own. */
export async function rawRate(what: 'rs256' | 'argon2id', ms: number, callers = 1): Promise<RawRate> {
  const script = fileURLToPath(new URL('./raw.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, what, String(ms), String(callers)]);
  const [perSecond = 0, processorMs = 0] = stdout.split(' ').map(Number);
  if (!(perSecond > 0)) throw new Error(`the raw rate of ${what} could not be measured: ${stdout}`);
  return { perSecond, processorMs };
}

/** Processor time that a process has used so far, all its threads together. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name in brackets, which may hold anything: state is field 3, user and system time are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process, and how much of it the system reads from files and may share or drop. */
export function residentBytes(pid: number): { readonly all: number; readonly ofFiles: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytesOf = (field: string): number => {
    const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    if (kibibytes === undefined) throw new Error(`the process ${pid} tells no ${field}`);
    return Number(kibibytes) * 1024;
  };
  return { all: bytesOf('VmRSS'), ofFiles: bytesOf('RssFile') };
}

/** Sets the peak of resident memory back to what is in use (proc(5): `5`). */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** What was resident at most since (VmHWM). */
export function peakBytes(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`the process ${pid} tells no peak`);
  return Number(kibibytes) * 1024;
}

/**
 * What all cores have done since the machine started: idle, for this process with the children it has waited for, and
 * altogether. In ticks of the system's clock; two readings tell what happened between them.
 */
export function coreTicks(): { readonly idle: number; readonly own: number; readonly all: number } {
  // user nice system idle iowait irq softirq steal, then guest times that user holds already (proc(5)).
  const all = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/ +/).slice(1, 9).map(Number);
  // Own and waited-for user and system time are fields 14 to 17.
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const own = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { idle: (all[3] ?? 0) + (all[4] ?? 0), own: sum(own), all: sum(all) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
