/** Rules of a client's URIs. Redirect URIs may be plain http here; the provider says which it follows. */
import { isLocalhostName, isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { error, type Finding, warning } from '../problem.ts';
import { type ClientQuestion, repeated } from './oidc-client-question.ts';

const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

export function checkClientUris({ stated }: ClientQuestion): Finding[] {
  return [
    ...checkRedirects(stated.redirect_uris, stated.public),
    ...checkRequests(stated.request_uris),
    ...checkSector(stated.sector_identifier_uri),
    ...checkJwksUri(stated),
    ...checkLogout(stated),
  ];
}

function checkRedirects(uris: readonly string[], isPublic: boolean): Finding[] {
  const findings = repeated('redirect_uris', uris);
  for (const [index, uri] of uris.entries()) {
    const path = ['redirect_uris', index];
    if (uri === outOfBand) {
      if (!isPublic)
        findings.push(
          error(
            path,
            'Only a public client may show the code to a person.',
            "Set 'public' to true, or write an https URL.",
          ),
        );
    } else if (!URL.canParse(uri)) {
      findings.push(
        error(
          path,
          `'${uri}' is not a whole URL.`,
          "Write scheme, host and path, such as 'https://app.example.com/callback'.",
        ),
      );
    }
  }
  return findings;
}

function checkRequests(uris: readonly string[]): Finding[] {
  return uris.flatMap((uri, index) => {
    const path = ['request_uris', index];
    const cure = "Write an https URL, such as 'https://app.example.com/request.jwt'.";
    if (!URL.canParse(uri)) return [error(path, `'${uri}' is not a whole URL.`, cure)];
    if (new URL(uri).protocol !== 'https:') return [error(path, `'${uri}' is not https.`, cure)];
    return uris.indexOf(uri) !== index ? [error(path, `'${uri}' stands here twice.`, 'Keep one of the two.')] : [];
  });
}

/** As much as the storage keeps of it with each subject. */
const sectorCharactersMax = 255;

function checkSector(uri: string): Finding[] {
  const path = ['sector_identifier_uri'];
  if (uri === '') return [];
  if (uri.length > sectorCharactersMax)
    return [error(path, `The URL has more than ${sectorCharactersMax} characters.`, 'Choose a shorter one.')];
  if (!URL.canParse(uri)) return [warning(path, `'${uri}' is not a whole URL.`, 'Write an https URL.')];
  const url = new URL(uri);
  const findings: Finding[] = [];
  if (url.protocol !== 'https:') findings.push(error(path, 'The URL is not https.', 'Write an https URL.'));
  if (url.hash !== '') findings.push(error(path, 'The URL has a fragment.', "Remove what stands after '#'."));
  if (url.username !== '' || url.password !== '')
    findings.push(error(path, 'The URL names a user.', "Remove what stands before '@'."));
  return findings;
}

function checkJwksUri({ jwks_uri: uri, jwks }: ClientQuestion['stated']): Finding[] {
  const path = ['jwks_uri'];
  if (uri === '') return [];
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'https:')
    return [error(path, 'This is not an https URL.', 'Write an https URL.')];
  return jwks.length > 0 ? [error(path, "'jwks' is written as well.", 'Keep one of the two.')] : [];
}

/** OpenID Connect RP-Initiated Logout 1.0 section 3.1, Back-Channel Logout 1.0 section 2.2, Front-Channel Logout 1.0 section 2. */
function checkLogout({
  post_logout_redirect_uris: after,
  backchannel_logout_uri: backChannel,
  allow_private_network: mayCallPrivate,
  frontchannel_logout_uri: frontChannel,
}: ClientQuestion['stated']): Finding[] {
  const findings = repeated('post_logout_redirect_uris', after);
  for (const [index, uri] of after.entries())
    if (!URL.canParse(uri))
      findings.push(
        error(
          ['post_logout_redirect_uris', index],
          `'${uri}' is not a whole URL.`,
          "Write it whole, such as 'https://app.example.com/'.",
        ),
      );
  return [
    ...findings,
    ...checkChannel('backchannel_logout_uri', backChannel),
    ...checkReach(backChannel, mayCallPrivate),
    ...checkChannel('frontchannel_logout_uri', frontChannel),
  ];
}

function checkChannel(key: string, uri: string | undefined): Finding[] {
  if (uri === undefined) return [];
  if (!URL.canParse(uri) || !isSecureEnough(new URL(uri)))
    return [
      error([key], 'This is not an https URL.', "Write an https URL; plain http is for names under 'localhost'."),
    ];
  return new URL(uri).hash === '' ? [] : [error([key], 'The URL has a fragment.', "Remove what stands after '#'.")];
}

/** Names under localhost are this machine whatever a resolver says; where other names lead is seen when they are called. */
function checkReach(uri: string | undefined, mayCallPrivate: boolean): Finding[] {
  if (mayCallPrivate || !isLocalhostName(URL.parse(uri ?? '')?.hostname ?? '')) return [];
  return [
    warning(
      ['backchannel_logout_uri'],
      'This address is on this machine, and private addresses are not called for this client.',
      "Set 'allow_private_network' to true if the application is meant to be there.",
    ),
  ];
}
