/**
 * How the workspace is: every part is asked at most once in some seconds, however often somebody wants to know, and none for
 * longer than a moment. What changes is told to the log with its cause; an answer holds words alone. Knows no HTTP.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Part, PartName, PartState } from './parts.ts';

export type HealthReport = {
  /** `away`: nothing can be served. `impaired`: something is missing, the rest is served. */
  readonly state: 'ready' | 'impaired' | 'away';
  readonly parts: Readonly<Record<PartName, PartState>>;
};

export type Health = { read(): Promise<HealthReport> };

export type HealthOptions = {
  readonly parts: readonly Part[];
  readonly log: Log;
  readonly now: () => number;
  readonly partMsMax?: number;
};

const keptMs = 5_000;

export function openHealth({ parts, log, now, partMsMax = 3_000 }: HealthOptions): Health {
  let kept: { readonly at: number; readonly report: Promise<HealthReport> } | undefined;
  const known = new Map<PartName, PartState>();

  async function ask({ name, ask }: Part): Promise<[PartName, PartState]> {
    const { state, cause } = await stateOf(ask, partMsMax);
    const before = known.get(name) ?? 'ok';
    known.set(name, state);
    if (state === before || (before === 'ok' && state === 'off')) return [name, state];
    if (state === 'away' || state === 'late')
      log.warn({ part: name, state, reason: cause }, 'A part is not as it should');
    else log.info({ part: name }, 'A part is as it should again');
    return [name, state];
  }

  return {
    read() {
      const at = now();
      if (kept && at - kept.at >= 0 && at - kept.at < keptMs) return kept.report;
      const report = Promise.all(parts.map(ask)).then(reportOf);
      kept = { at, report };
      return report;
    },
  };
}

function reportOf(states: readonly (readonly [PartName, PartState])[]): HealthReport {
  const parts = Object.fromEntries(states) as Record<PartName, PartState>;
  const isWhole = states.every(([, state]) => state === 'ok' || state === 'off');
  return { state: parts.database === 'away' ? 'away' : isWhole ? 'ready' : 'impaired', parts };
}

async function stateOf(
  ask: Part['ask'],
  msMax: number,
): Promise<{ readonly state: PartState; readonly cause?: string }> {
  if (!ask) return { state: 'off' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${msMax} ms`)), msMax);
  });
  try {
    return { state: await Promise.race([ask(), late]) };
  } catch (cause) {
    return { state: 'away', cause: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    clearTimeout(timer);
  }
}
