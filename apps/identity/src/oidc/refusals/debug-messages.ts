/**
 * `enable_client_debug_messages`: the application that is refused is told the cause and the reference in its
 * `error_description`, in the JSON of an endpoint or at its redirect URI. Without the option it gets the protocol's sentence
 * and no more (Authelia 2.10). Answers by form and signed answers stay as they are.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { endpoints } from '../paths.ts';
import { type Refusal, textOf } from './refusal.ts';

export type Told = { readonly refusal: Refusal; readonly reference: string };

/** One line for `error_description`. */
export function debugMessage({ refusal, reference }: Told): string {
  const { what, why, todo, sent, registered } = refusal;
  return descriptive(
    `${what} ${why} Sent: ${textOf(sent)}. Registered: ${textOf(registered)}. ${todo} Reference ${reference}.`,
  );
}

export function tellApplications(engine: Provider, toldOf: (ctx: KoaContextWithOIDC) => Told | undefined): void {
  engine.use(async function addDebugMessage(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
    await next();
    const told = ctx.oidc && toldOf(ctx);
    if (!told) return;
    const location = ctx.response.get('Location');
    if (isError(ctx.body)) ctx.body = { ...ctx.body, error_description: joined(ctx.body.error_description, told) };
    else if (location !== '' && ctx.path.startsWith(endpoints.authorization))
      ctx.set('Location', inAddress(location, told));
  });
}

/** Where the protocol put its error, the query or the fragment. */
export function inAddress(location: string, told: Told): string {
  const target = URL.parse(location);
  if (!target) return location;
  const fragment = new URLSearchParams(target.hash.slice(1));
  const params = fragment.has('error') ? fragment : target.searchParams;
  if (!params.has('error')) return location;
  params.set('error_description', joined(params.get('error_description') ?? undefined, told));
  if (params === fragment) target.hash = fragment.toString();
  return target.href;
}

function joined(description: string | undefined, told: Told): string {
  return [description, debugMessage(told)].filter(Boolean).join('. ');
}

function isError(body: unknown): body is { readonly error: string; readonly error_description?: string } {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';
}

/** The characters that RFC 6749 section 5.2 allows there. */
function descriptive(text: string): string {
  return text
    .replaceAll('’', "'")
    .replaceAll('"', "'")
    .replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?');
}
