/**
 * The figures of the workspace for Prometheus: requests by the pattern of their route, open pages, what waits, and the
 * process. Labels come from lists of ours alone: no name, no address and no key of anybody's project is one.
 */
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Health } from '../health/health.ts';
import { partNames } from '../health/parts.ts';
import type { Counts } from './counts.ts';

export type MetricsSources = {
  readonly health: Health;
  readonly readCounts: () => Promise<Counts>;
  readonly countStreams: () => number;
};

export type Metrics = {
  readonly countRequests: MiddlewareHandler;
  readonly contentType: string;
  /** In Prometheus' text format. What cannot be counted now is left out. */
  read(sources: MetricsSources): Promise<string>;
};

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const secondsBuckets = [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
/** Only middleware was asked: no route has this address. */
const noRoute = 'none';
const everyPath: ReadonlySet<string> = new Set(['*', '/*']);

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'projects_http_requests_total',
    help: 'Requests that were answered, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'projects_http_request_duration_seconds',
    help: 'Time until a request was answered; of a stream, until it began.',
    labelNames: ['method', 'route'],
    buckets: secondsBuckets,
    registers,
  });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  const streams = gauge('projects_live_streams', 'Open pages that listen to this process.');
  const toDos = gauge('projects_to_dos', 'To-dos, without those in the trash.');
  const waiting = gauge('projects_queue_waiting', 'What waits to be told, mailed or delivered.', ['queue']);
  const up = gauge('projects_part_up', '1 while a part is as it should be; left out where it is not used.', ['part']);

  return {
    contentType: registry.contentType,
    async countRequests(c, next) {
      const stop = durations.startTimer();
      await next();
      const method = methods.has(c.req.method) ? c.req.method : 'other';
      const path = routePath(c);
      const route = everyPath.has(path) ? noRoute : path;
      stop({ method, route });
      requests.inc({ method, route, status: String(c.res.status) });
    },
    async read({ health, readCounts, countStreams }) {
      streams.set(countStreams());
      up.reset();
      const { parts } = await health.read();
      for (const part of partNames) if (parts[part] !== 'off') up.set({ part }, parts[part] === 'ok' ? 1 : 0);
      toDos.remove();
      waiting.reset();
      const counts = await readCounts().catch(() => undefined);
      if (counts) {
        toDos.set(counts.toDos);
        for (const queue of ['telling', 'mail', 'webhooks'] as const) waiting.set({ queue }, counts[queue]);
      }
      return registry.metrics();
    },
  };
}
