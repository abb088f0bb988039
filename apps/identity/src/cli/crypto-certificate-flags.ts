/** The flags of `crypto certificate`, as Authelia names them, and what the texts in them mean. */
import { isIP } from 'node:net';
import { parseDuration } from '../config/values/duration.ts';
import type { Name, Subject, Term } from './crypto-certificate-make.ts';
import { CallNotUnderstood, type Flags, type ReadCall } from './crypto-flags.ts';

const text = (help: string, value?: string) =>
  ({ type: 'string', help, ...(value !== undefined && { default: value }) }) as const;
const texts = (help: string) => ({ type: 'string', multiple: true, help: `${help}, several with commas` }) as const;

export const certificateFlags: Flags = {
  'common-name': { ...text('the common name'), short: 'n' },
  sans: texts('names and addresses it is for'),
  organization: { ...texts('the organization'), short: 'o', default: 'Gatehouse' },
  'organizational-unit': texts('the part of it'),
  country: texts('the country, by its two letters'),
  province: { ...texts('the province'), short: 'p' },
  locality: { ...texts('the town'), short: 'l' },
  'street-address': { ...texts('the street'), short: 's' },
  postcode: texts('the postcode'),
  signature: text('the digest that is signed: SHA256, SHA384 or SHA512', 'SHA256'),
  directory: { ...text('folder to write to', '.'), short: 'd' },
  'file.private-key': text('name of the private key', 'private.pem'),
  legacy: { type: 'boolean', help: 'write the key in PKCS #1 or SEC 1 as well' },
  'file.extension.legacy': text('what such a file has before its ending', 'legacy'),
};

export const generateFlags: Flags = {
  duration: text('how long it is valid', '1y'),
  'not-before': text('from when on, such as 2027-06-01T00:00:00Z (default now)'),
  'not-after': text('until when, in place of a duration'),
  'extended-usage': texts('what it is for besides: serverauth, clientauth, codesigning, emailprotection, timestamping'),
  ca: { type: 'boolean', help: 'make an authority' },
  'path.ca': text('folder of the authority that signs it; without one it signs itself'),
  'file.ca-certificate': text('name of the certificate of the authority', 'ca.public.crt'),
  'file.ca-private-key': text('name of its private key', 'ca.private.pem'),
  'file.certificate': text('name of the certificate', 'public.crt'),
  bundles: texts('what to write beside: chain, priv-chain'),
  'file.bundle.chain': text('name of certificate and authority in one file', 'public.chain.pem'),
  'file.bundle.priv-chain': text('name of key, certificate and authority in one file', 'private.chain.pem'),
};

export const requestFlags: Flags = {
  duration: text('has no effect: the authority decides it', '1y'),
  'not-before': text('has no effect: the authority decides it'),
  'not-after': text('has no effect: the authority decides it'),
  'file.csr': text('name of the request', 'request.csr'),
};

export function readNames(call: ReadCall): Omit<Subject, 'hash'> {
  const country = call.list('country');
  const wrong = country.find((each) => !/^[A-Za-z]{2}$/.test(each));
  if (wrong !== undefined) throw new CallNotUnderstood(`'${wrong}' is no country: it has two letters, such as CH.`);
  const commonName = call.text('common-name') ?? '';
  if ([...commonName].length > 64) throw new CallNotUnderstood('A common name has at most 64 characters: use --sans.');
  return {
    commonName,
    names: call.list('sans').map(nameOf),
    organization: call.list('organization'),
    organizationalUnit: call.list('organizational-unit'),
    country: country.map((each) => each.toUpperCase()),
    province: call.list('province'),
    locality: call.list('locality'),
    streetAddress: call.list('street-address'),
    postcode: call.list('postcode'),
  };
}

const dnsName = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function nameOf(written: string): Name {
  if (isIP(written) !== 0) return { type: 'ip', value: written };
  if (written.includes('://') && URL.canParse(written)) return { type: 'url', value: written };
  if (/^[^@\s]+@[^@\s]+$/.test(written)) return { type: 'email', value: written };
  if (dnsName.test(written)) return { type: 'dns', value: written };
  throw new CallNotUnderstood(`'${written}' is no name, address, URL or mail address: --sans.`);
}

export function readTerm(call: ReadCall, nowMs: number): Term {
  const from = readInstant(call, 'not-before') ?? nowMs;
  const until = readInstant(call, 'not-after');
  if (until !== undefined && call.given('duration'))
    throw new CallNotUnderstood('Give --not-after or --duration, not both.');
  const duration = parseDuration(call.text('duration') ?? '');
  if (duration.kind === 'refused') throw new CallNotUnderstood(`--duration ${duration.reason}. ${duration.cure}`);
  const term = { notBefore: new Date(from), notAfter: new Date(until ?? from + duration.value * 1000) };
  if (!(term.notAfter > term.notBefore)) throw new CallNotUnderstood('It would end before it begins.');
  return term;
}

/** A day, a moment, or seconds since 1970. */
function readInstant(call: ReadCall, flag: string): number | undefined {
  const written = call.text(flag);
  if (written === undefined) return undefined;
  const ms = /^\d{9,11}$/.test(written) ? Number(written) * 1000 : Date.parse(written);
  if (!Number.isNaN(ms)) return ms;
  throw new CallNotUnderstood(`'${written}' is no date: write --${flag} 2027-06-01 or 2027-06-01T12:00:00Z.`);
}

/** RFC 5280 section 4.2.1.12. */
const usages: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  serverauth: '1.3.6.1.5.5.7.3.1',
  clientauth: '1.3.6.1.5.5.7.3.2',
  codesigning: '1.3.6.1.5.5.7.3.3',
  emailprotection: '1.3.6.1.5.5.7.3.4',
  timestamping: '1.3.6.1.5.5.7.3.8',
  ocspsigning: '1.3.6.1.5.5.7.3.9',
};

export function readExtendedUsages(call: ReadCall): string[] {
  return call.list('extended-usage').map((written) => {
    const usage = usages[written.toLowerCase().replace(/[-_]/g, '')];
    if (usage === undefined)
      throw new CallNotUnderstood(`--extended-usage takes ${Object.keys(usages).join(', ')}, not '${written}'.`);
    return usage;
  });
}
