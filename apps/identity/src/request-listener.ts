/** Which requests are the provider's and which the pages': by origin and path. It answers none itself. */
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import type { Services } from './services.ts';

/** Protocol paths go to the provider of the origin that was asked, all others to the pages. */
export function requestListener({ app, providers, peerOf }: Services): RequestListener {
  const pages = getRequestListener(createApp(app).fetch, { overrideGlobalObjects: false });
  return (req, res) => {
    const { scheme, host } = peerOf(req);
    const provider = providers.get(`${scheme}://${host}`);
    if (provider?.handles(pathOf(req.url))) provider.handle(req, res);
    else void pages(req, res);
  };
}

function pathOf(url = '/'): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
