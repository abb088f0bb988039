/**
 * Signing in on a device that has no browser (RFC 8628): the engine's options for it, and what stands around them. The
 * person types the code of the device on our page, and from there on it is a sign-in like any other: password, second
 * factor by the application's policy, and always a consent that shows where the request came from, because a code may have
 * been sent by somebody else (section 5.4). Whoever guesses codes is slowed down by address and by browser (section 5.1).
 */
import type { IncomingMessage } from 'node:http';
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { networkOf } from '../../regulation/network.ts';
import type { FlowAbout } from '../../sign-in/flow.ts';
import { htmlPage, readerOf } from '../engine/html.ts';
import type { ProviderOptions } from '../options.ts';
import type { DevicePage } from '../pages.ts';
import { endpoints } from '../paths.ts';
import { devicePersonRoutes } from './device-routes.ts';

type Next = () => Promise<unknown>;
type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;
type Asked = Pick<ProviderOptions, 'devicePage' | 'remoteAddress'>;
type RenderError = NonNullable<Configuration['renderError']>;

const userAgentCharactersMax = 300;

export function deviceFlow(options: Asked, renderError: RenderError): DeviceFlow {
  function show(ctx: KoaContextWithOIDC, status: number, page: DevicePage): void {
    htmlPage(ctx, status, options.devicePage(page, readerOf(ctx)));
  }

  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    deviceInfo: (ctx) => ({
      address: options.remoteAddress(ctx.req),
      userAgent: ctx.get('user-agent').slice(0, userAgentCharactersMax),
    }),
    async userCodeInputSource(ctx, _form, out, error) {
      if (error?.name === 'AbortedError') return show(ctx, 200, { kind: 'refused' });
      const problem = error && problemOf(error, ctx);
      if (error && out && !problem) return void (await renderError(ctx, out, error));
      const userCode = problem === undefined ? codeInAddress(ctx) : Reflect.get(Object(error), 'userCode');
      show(ctx, problem === 'limited' ? 429 : 200, {
        kind: 'code',
        action: endpoints.code_verification,
        // To type the code is to ask for it: what is asked for is confirmed after the sign-in.
        fields: { xsrf: String(ctx.oidc.session?.state?.secret), confirm: 'yes' },
        ...(typeof userCode === 'string' && { userCode }),
        ...(problem && { problem }),
      });
    },
    userCodeConfirmSource(ctx, _form, _client, _info, userCode) {
      show(ctx, 200, {
        kind: 'code',
        action: endpoints.code_verification,
        fields: { xsrf: String(ctx.oidc.session?.state?.secret), confirm: 'yes' },
        userCode,
      });
    },
    async successSource(ctx) {
      const { clientId = '', clientName } = ctx.oidc.client ?? {};
      show(ctx, 200, { kind: 'done', application: { clientId, name: clientName ?? clientId } });
    },
  };
}

type Problem = NonNullable<Extract<DevicePage, { kind: 'code' }>['problem']>;

const problems: Readonly<Record<string, Problem>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
};

function problemOf(error: Error, ctx: KoaContextWithOIDC): Problem | undefined {
  if (Object.hasOwn(problems, error.name)) return problems[error.name];
  if (error instanceof TooManyUserCodes) return 'limited';
  // The browser has forgotten that it was asked, or whom it asked for.
  if (error instanceof errors.SessionNotFound) return 'stale';
  // The form is older than the browser's session, or another window has shown it since.
  return error instanceof errors.InvalidRequest && ctx.method === 'POST' ? 'stale' : undefined;
}

function codeInAddress(ctx: KoaContextWithOIDC): string | null | undefined {
  return URL.parse(ctx.originalUrl, 'http://localhost')?.searchParams.get('user_code');
}

/** An address that carries the code shows the form with the code in it; the engine would post it on by script. */
export async function showCodeForm(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  if (ctx.method === 'GET' && ctx.path === endpoints.code_verification) ctx.query = {};
  await next();
}

/** Whatever is wrong with a request of a person, the form answers it, and the form's secret is kept in a session. */
export function beginSessions({ Session }: Provider): void {
  const read = Session.get.bind(Session);
  Session.get = async function getToAnswer(ctx) {
    const session = await read(ctx);
    // The engine stores a new one only if something is in it before the request fails.
    if (devicePersonRoutes.has(ctx.oidc?.route)) Reflect.set(session, 'touched', true);
    return session;
  };
}

class TooManyUserCodes extends errors.CustomOIDCProviderError {
  constructor() {
    super('temporarily_unavailable', 'too many codes were tried');
    this.status = 429;
    this.statusCode = 429;
  }
}

/** Twenty letters in eight places: at this pace a guess hits one of a thousand living codes in about a century. */
const guesses = { attemptsMax: 10, windowMs: 10 * 60_000 };

/** A code that exists is not charged for: only guessing is. */
export function limitUserCodes(
  provider: Provider,
  { limiter, remoteAddress }: Pick<ProviderOptions, 'limiter'> & { remoteAddress(req: IncomingMessage): string },
): void {
  const { DeviceCode } = provider;
  const find = DeviceCode.findByUserCode.bind(DeviceCode);
  DeviceCode.findByUserCode = async function findUnlessGuessing(userCode, how) {
    const ctx = Provider.ctx;
    if (!ctx) return undefined;
    const answer = await limiter.charge([
      { bucket: `device code from ${networkOf(remoteAddress(ctx.req))}`, limit: guesses },
      { bucket: `device code in ${ctx.oidc.session?.uid}`, limit: guesses },
    ]);
    if (answer.kind === 'limited') throw new TooManyUserCodes();
    const code = await find(userCode, how);
    if (code) await answer.giveBack();
    return code;
  };
}

/** Throws what a device's request lacks beyond the engine's own rules: without a scope nothing could be agreed to. */
export function checkDeviceRequest(ctx: KoaContextWithOIDC): void {
  if (!ctx.oidc.params?.scope) throw new errors.InvalidScope('a device must ask for at least one scope', '');
}

/** What the person is told of the device that waits behind an interaction; undefined once its code is gone. */
export async function deviceBehind(provider: Provider, deviceCode: string): Promise<FlowAbout['device']> {
  const code = await provider.DeviceCode.find<InstanceType<Provider['DeviceCode']>>(deviceCode);
  const { deviceInfo, userCode } = code ?? {};
  if (!code || userCode === undefined) return undefined;
  return {
    address: String(deviceInfo?.address ?? ''),
    userAgent: String(deviceInfo?.userAgent ?? ''),
    askedAtMs: code.iat * 1000,
    userCode: `${userCode.slice(0, 4)}-${userCode.slice(4)}`,
  };
}
