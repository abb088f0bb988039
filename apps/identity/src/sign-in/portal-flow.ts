/**
 * The flow of a plain visit to the portal: someone opens it, or a proxy sent them here with `rd`, the page they wanted, and
 * `rm`, how they asked for it. A page of the portal itself sends people here with `return`, its own path, and `level` when it needs
 * the second factor. Its state is its address, so it never expires.
 */
import { parseReturnPath } from '../account/return-path.ts';
import type { Identity } from '../directory/directory.ts';
import type { Flow, RequiredLevel } from './flow.ts';
import { type SafePlaces, safeTarget } from './safe-target.ts';

export type PortalFlowOptions = {
  readonly places: SafePlaces;
  /** Which level the access rules ask for this page; without a target, for the portal itself. */
  requiredLevel(request: {
    readonly target: URL | undefined;
    readonly method: string;
    readonly identity: Identity;
    readonly remoteAddress: string;
  }): RequiredLevel;
  /** `session.cookies[].default_redirection_url` of this cookie domain. */
  readonly defaultTarget: string | undefined;
};

export type PortalFlowAnswer =
  | { readonly kind: 'flow'; readonly flow: Flow }
  /** `rd` leads out of the house. */
  | { readonly kind: 'unsafe-target' };

const overview = '/';
const methodShape = /^[A-Z]{1,16}$/;

export type PortalFlowQuery = {
  readonly rd?: string | undefined;
  readonly rm?: string | undefined;
  readonly return?: string | undefined;
  readonly level?: string | undefined;
};

export function portalFlow(query: PortalFlowQuery, options: PortalFlowOptions): PortalFlowAnswer {
  const { rd = '', rm = '' } = query;
  const target = rd === '' ? undefined : safeTarget(rd, options.places);
  if (rd !== '' && target === undefined) return { kind: 'unsafe-target' };
  const url = target === undefined ? undefined : new URL(target);
  const returnPath = parseReturnPath(query.return);
  const stepUp = query.level === 'two_factor';
  const kept = new URLSearchParams({
    ...(target !== undefined && { rd: target }),
    ...(methodShape.test(rm) && { rm }),
    ...(returnPath !== undefined && { return: returnPath }),
    ...(stepUp && { level: 'two_factor' }),
  });
  const flow: Flow = {
    path: '/sign-in/portal',
    ...(kept.size > 0 && { query: `?${kept}` }),
    about: { ...(url && { destination: url.host }) },
    requiredLevel(identity, remoteAddress) {
      if (stepUp) return 'two_factor';
      const method = methodShape.test(rm) ? rm : 'GET';
      const level = options.requiredLevel({ target: url, method, identity, remoteAddress });
      // The proxy in front of the page says no by itself, and says it better: it knows the page.
      return level === 'deny' ? 'one_factor' : level;
    },
    consentQuestion: async () => ({ kind: 'not-needed' }),
    finish: async () => target ?? returnPath ?? options.defaultTarget ?? overview,
    refuse: async () => overview,
  };
  return { kind: 'flow', flow };
}
