/** A client that asks over one kept connection and reads the answer whole: what a stranger with a stopwatch would use. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export type HttpAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export type HttpAsker = Disposable & {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  /** As a form does it. */
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer>;
};

/** `headers` go with every request. */
export function openHttpAsker(port: number, headers: Readonly<Record<string, string>>): HttpAsker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  function send(method: string, path: string, body: string, more: Readonly<Record<string, string>>) {
    return new Promise<HttpAnswer>((resolve, reject) => {
      const sent = { ...headers, ...more, 'content-length': String(Buffer.byteLength(body)) };
      request({ agent, host: '127.0.0.1', port, method, path, headers: sent }, (answer) => {
        const { statusCode: status = 0 } = answer;
        text(answer).then((read) => resolve({ status, headers: answer.headers, body: read }), reject);
      })
        .on('error', reject)
        .end(body);
    });
  }

  return {
    get: (path, more = {}) => send('GET', path, '', more),
    post: (path, form, more = {}) =>
      send('POST', path, new URLSearchParams(form).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...more,
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
