/** Where somebody goes on after they have set something up: a path of this portal, or nowhere. */

const lengthMax = 2048;

/**
 * The path of the portal that `text` names, or undefined. Anything a browser could read as another origin is none: a
 * scheme, `//host`, `/\host`, control characters it would skip.
 */
export function parseReturnPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > lengthMax || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return undefined;
  const own = 'https://portal.invalid';
  if (!URL.canParse(text, own)) return undefined;
  const url = new URL(text, own);
  // Dot segments may leave `//host` behind, which would name a host.
  return url.origin === own && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : undefined;
}

/** Where "Try again" leads: to the page that was asked for. Undefined after a form, which no link sends again. */
export function againPath({ method, url }: { readonly method: string; readonly url: string }): string | undefined {
  const { pathname, search } = new URL(url);
  return method === 'GET' ? parseReturnPath(`${pathname}${search}`) : undefined;
}
