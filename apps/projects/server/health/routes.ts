/**
 * What monitors and load balancers ask. They get words: whether the process lives, whether it can serve, and how each part is.
 * `/healthz` is `/healthz/ready` for whoever reads the status alone.
 */
import type { Context } from 'hono';
import type { Feature } from '../app.ts';
import type { AppEnv } from '../session/person.ts';
import type { Health } from './health.ts';

export function healthFeature(health: Health): Feature {
  /** A part that is missing is no reason to send people elsewhere; whoever watches asks for `?all=1`. */
  async function answerReady(c: Context<AppEnv>): Promise<Response> {
    const report = await health.read();
    const isWell = report.state === 'ready' || (report.state === 'impaired' && c.req.query('all') !== '1');
    c.header('Cache-Control', 'no-store');
    return c.json(report, isWell ? 200 : 503);
  }

  return (app) => {
    app.get('/healthz', answerReady);
    app.get('/healthz/ready', answerReady);
    app.get('/healthz/live', (c) => c.json({ state: 'live' }, 200, { 'Cache-Control': 'no-store' }));
  };
}
