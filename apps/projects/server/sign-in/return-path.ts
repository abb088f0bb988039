/** Where a person goes after signing in: a path on this site, and nothing that a browser could read as another site. */

const pathMax = 1024;

/** The path with its query, or `/`. */
export function safeReturnPath(text: string | undefined, appUrl: string): string {
  if (text === undefined || text.length > pathMax || !/^\/(?![/\\])/.test(text) || /[\\\s\p{Cc}]/u.test(text))
    return '/';
  if (!URL.canParse(text, appUrl)) return '/';
  const url = new URL(text, appUrl);
  const isOurs = url.origin === appUrl;
  // Signing in must not lead back to signing in or out.
  if (!isOurs || url.pathname.startsWith('//') || /^\/(auth|oidc)(\/|$)/.test(url.pathname)) return '/';
  return url.pathname + url.search;
}
