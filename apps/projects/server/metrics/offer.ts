/** Offers the figures at an address of their own, where one is named; the library that holds them is loaded only then. */
import type { Log } from '@gatehouse/web/log.ts';
import { openMetricsListener } from '@gatehouse/web/metrics-listener.ts';
import type { MiddlewareHandler } from 'hono';
import type { MetricsSettings } from '../configuration/metrics.ts';
import type { MetricsSources } from './metrics.ts';

export type OfferedMetrics = AsyncDisposable & { readonly port: number; readonly countRequests: MiddlewareHandler };

export async function offerMetrics(
  settings: MetricsSettings | undefined,
  log: Log,
  sources: MetricsSources,
): Promise<OfferedMetrics | undefined> {
  if (!settings) return undefined;
  const { openMetrics } = await import('./metrics.ts');
  const metrics = openMetrics();
  const listener = await openMetricsListener({
    ...settings,
    path: '/metrics',
    contentType: metrics.contentType,
    read: () => metrics.read(sources),
    onFailure: (err) => log.error({ err }, 'The figures could not be read'),
  });
  log.info({ host: settings.host, port: listener.port }, 'Figures are offered at /metrics');
  return {
    port: listener.port,
    countRequests: metrics.countRequests,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}
