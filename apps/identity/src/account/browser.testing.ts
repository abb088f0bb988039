/** For tests: a browser without script over real HTTP, and what the forms of a page would send. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type House, type HouseOptions, openHouse } from './house.suite.ts';

export type Answer = { status: number; location: string; body: string; header(name: string): string | undefined };

/** A browser without script: keeps the cookie, says where its forms come from, follows nothing by itself. */
export function openBrowser(house: House, remoteAddress = '198.51.100.7') {
  let cookie = '';
  async function send(
    method: 'GET' | 'POST',
    path: string,
    form?: Record<string, string>,
    headers: object = {},
  ): Promise<Answer> {
    const { port, host } = new URL(house.origin);
    const answer = await new Promise<{ body: string; status: number; headers: NodeJS.Dict<string | string[]> }>(
      (resolve, reject) => {
        const outgoing = request({ host: '127.0.0.1', port, method, path }, (incoming) => {
          text(incoming).then(
            (body) => resolve({ body, status: incoming.statusCode ?? 0, headers: incoming.headers }),
            reject,
          );
        });
        const all = {
          host,
          'x-forwarded-for': remoteAddress,
          'sec-fetch-site': 'same-origin',
          ...(cookie && { cookie }),
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        };
        for (const [name, value] of Object.entries(all)) outgoing.setHeader(name, value);
        outgoing.on('error', reject).end(form ? new URLSearchParams(form).toString() : undefined);
      },
    );
    const set = [answer.headers['set-cookie']].flat().at(-1);
    if (set !== undefined) cookie = set.split(';')[0] ?? '';
    const header = (name: string) => [answer.headers[name]].flat()[0];
    return { status: answer.status, body: answer.body, location: header('location') ?? '', header };
  }
  return {
    get: (path: string, headers: object = {}) => send('GET', path, undefined, headers),
    post: (path: string, form: Record<string, string> = {}, headers: object = {}) => send('POST', path, form, headers),
    cookie: () => cookie,
    session: async () => JSON.parse((await send('GET', '/session')).body),
  };
}

export type Browser = ReturnType<typeof openBrowser>;

/** The fields a form of the page would send. */
export function fieldsOf(body: string, action: string): Record<string, string> {
  const form = body.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
}

export async function openSignedIn(options: HouseOptions = {}, factors: 'one' | 'two' = 'one') {
  const house = await openHouse(options);
  const browser = openBrowser(house);
  await browser.get(`/begin/${factors}`);
  return { house, browser, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() };
}
