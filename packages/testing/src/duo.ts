/**
 * A server that speaks Duo's Auth API, version 2, as documented: it checks the signature and date of every call by itself,
 * holds `auth_status` back until there is news, and keeps what it was asked. What people do on their phones is the test's.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type DuoPhone = { readonly id: string; readonly name: string; readonly capabilities: readonly string[] };

export type DuoPerson = {
  readonly result: 'auth' | 'allow' | 'deny' | 'enroll';
  readonly phones?: readonly DuoPhone[];
  /** Good once each. */
  readonly passcodes?: readonly string[];
};

export type DuoRequest = {
  readonly transaction: string;
  readonly username: string;
  readonly factor: string;
  readonly device: string;
  readonly params: Readonly<Record<string, string>>;
};

export type DuoServer = AsyncDisposable & {
  /** With its port, on this machine, over plain http. */
  readonly hostname: string;
  readonly integrationKey: string;
  readonly secretKey: string;
  readonly people: Map<string, DuoPerson>;
  readonly enrollUrl: string;
  /** Everything that was sent to a phone, oldest first. */
  readonly requests: readonly DuoRequest[];
  /** How many calls had no good signature. */
  refusedCalls(): number;
  /** What somebody says to the newest request on their phone; waits for it if need be. */
  decide(username: string, status: 'allow' | 'deny' | 'fraud' | 'timeout'): Promise<DuoRequest>;
  stop(): Promise<void>;
};

const everyCapability = ['auto', 'push', 'sms', 'phone', 'mobile_otp'];
export const alicesPhone: DuoPhone = { id: 'DPALICE0001', name: 'Blue phone', capabilities: everyCapability };
export const alicesTablet: DuoPhone = { id: 'DPALICE0002', name: 'Tablet', capabilities: ['auto', 'push'] };

const dateMsMax = 5 * 60_000;
const holdMsMax = 15_000;

type Open = { readonly request: DuoRequest; status: string; told: boolean; waiting: (() => void)[] };

export async function startDuo(options: { readonly port?: number } = {}): Promise<DuoServer> {
  const integrationKey = 'DITESTTESTTESTTEST01';
  const secretKey = 'a secret key of this test server alone';
  const enrollUrl = 'https://enrol.example.com/portal?code=1';
  const people = new Map<string, DuoPerson>();
  const requests: DuoRequest[] = [];
  const open = new Map<string, Open>();
  const arrivals: (() => void)[] = [];
  const spent = new Set<string>();
  let refused = 0;

  const server = createServer((req, res) => {
    answer(req, res).catch((cause: unknown) => {
      if (!res.headersSent) fail(res, 500, 50000, String(cause));
    });
  });

  function ok(res: ServerResponse, response: unknown): void {
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ stat: 'OK', response }));
  }

  function fail(res: ServerResponse, status: number, code: number, message: string): void {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ stat: 'FAIL', code, message }));
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://duo.invalid');
    if (url.pathname === '/auth/v2/ping') return ok(res, { time: Math.floor(Date.now() / 1000) });
    const sent = req.method === 'POST' ? await text(req) : url.search.slice(1);
    const whyNot = checkCall(req, url.pathname, sent);
    if (whyNot) {
      refused += 1;
      return fail(res, 401, whyNot.code, whyNot.message);
    }
    const params = Object.fromEntries(new URLSearchParams(sent));
    switch (`${req.method} ${url.pathname}`) {
      case 'GET /auth/v2/check':
        return ok(res, { time: Math.floor(Date.now() / 1000) });
      case 'POST /auth/v2/preauth':
        return ok(res, preauth(params.username ?? ''));
      case 'POST /auth/v2/auth':
        return auth(res, params);
      case 'GET /auth/v2/auth_status':
        return statusOf(res, open.get(params.txid ?? ''));
      default:
        return fail(res, 404, 40401, 'Resource not found');
    }
  }

  function checkCall({ method, headers }: IncomingMessage, path: string, sent: string) {
    const { date = '', host = '', authorization = '' } = headers;
    if (!(Math.abs(Date.parse(date) - Date.now()) < dateMsMax))
      return { code: 40105, message: 'Bad request timestamp' };
    const lines = [date, method?.toUpperCase(), host.toLowerCase(), path, canonical(sent)].join('\n');
    const expected = Buffer.from(`${integrationKey}:${createHmac('sha512', secretKey).update(lines).digest('hex')}`);
    const shown = Buffer.from(/^Basic (.+)$/.exec(authorization)?.[1] ?? '', 'base64');
    if (shown.length === expected.length && timingSafeEqual(shown, expected)) return undefined;
    return { code: 40103, message: 'Invalid signature in request credentials' };
  }

  function preauth(username: string) {
    const person = people.get(username) ?? { result: 'enroll' };
    if (person.result === 'enroll')
      return {
        result: 'enroll',
        status_msg: 'Enroll an authentication device to proceed',
        enroll_portal_url: enrollUrl,
      };
    if (person.result !== 'auth') return { result: person.result, status_msg: 'By policy' };
    const devices = (person.phones ?? []).map(({ id, name, capabilities }) => ({
      ...{ device: id, type: 'phone', number: '+1 555 0100' },
      ...{ name: '', display_name: name, capabilities },
    }));
    return { result: 'auth', status_msg: 'Account is active', devices };
  }

  async function auth(res: ServerResponse, params: Record<string, string>): Promise<void> {
    const { username = '', factor = '', device = '' } = params;
    const person = people.get(username);
    if (!person) return fail(res, 400, 40002, 'Invalid request parameters');
    if (factor === 'passcode') {
      const code = params.passcode ?? '';
      const isRight = (person.passcodes ?? []).includes(code) && !spent.has(code);
      spent.add(code);
      const word = isRight ? 'allow' : 'deny';
      return ok(res, { result: word, status: word, status_msg: '' });
    }
    if (!person.phones?.some(({ id }) => id === device)) return fail(res, 400, 40002, 'Invalid request parameters');
    const request = { transaction: `tx-${requests.length + 1}`, username, factor, device, params };
    requests.push(request);
    if (factor === 'sms') return ok(res, { result: 'deny', status: 'sent', status_msg: 'New SMS passcodes sent' });
    if (params.async !== '1') return fail(res, 400, 40002, 'This server answers asynchronously alone');
    open.set(request.transaction, { request, status: '', told: false, waiting: [] });
    for (const arrive of arrivals.splice(0)) arrive();
    ok(res, { txid: request.transaction });
  }

  async function statusOf(res: ServerResponse, transaction: Open | undefined): Promise<void> {
    if (!transaction) return fail(res, 400, 40002, 'Invalid request parameters');
    // The first answer says that the request is under way; the next is held back until there is news.
    if (transaction.status === '' && transaction.told) await news(transaction);
    transaction.told = true;
    const { status } = transaction;
    if (status === '') return ok(res, { result: 'waiting', status: 'pushed', status_msg: 'Pushed a login request' });
    ok(res, { result: status === 'allow' ? 'allow' : 'deny', status, status_msg: '' });
  }

  function news(transaction: Open): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, holdMsMax);
      transaction.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async function newest(username: string): Promise<Open> {
    for (;;) {
      const found = [...open.values()].findLast(
        ({ request, status }) => request.username === username && status === '',
      );
      if (found) return found;
      await new Promise<void>((resolve) => arrivals.push(resolve));
    }
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function stop(): Promise<void> {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  return {
    hostname: `duo.localhost:${port}`,
    integrationKey,
    secretKey,
    people,
    enrollUrl,
    requests,
    refusedCalls: () => refused,
    async decide(username, status) {
      const transaction = await newest(username);
      transaction.status = status;
      for (const tell of transaction.waiting.splice(0)) tell();
      return transaction.request;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The parameters sorted by name, in the encoding of RFC 3986 whatever encoding they came in. */
function canonical(sent: string): string {
  return [...new URLSearchParams(sent)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.map(rfc3986).join('='))
    .join('&');
}

function rfc3986(word: string): string {
  const bytes = [...Buffer.from(word)];
  return bytes
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
