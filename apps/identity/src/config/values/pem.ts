/**
 * Keys and certificates as PEM text: PKCS#1, PKCS#8 and SEC1 private keys, public keys, and chains with the leaf first.
 * Kinds and sizes that no key of the configuration may have are refused here; what a key is for is not known here.
 */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Outcome, refused, value } from './outcome.ts';

export type Curve = 'P-256' | 'P-384' | 'P-521';
export type KeyShape = { readonly type: 'rsa'; readonly bits: number } | { readonly type: 'ec'; readonly curve: Curve };
export type ParsedKey = { readonly key: KeyObject; readonly shape: KeyShape };

/** Leaf first, never empty. */
export type Chain = readonly X509Certificate[];

export const rsaBitsMin = 2048;

const curves: Readonly<Record<string, Curve>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

const privateKeyCure =
  "Write a PEM block 'BEGIN PRIVATE KEY', 'BEGIN RSA PRIVATE KEY' or 'BEGIN EC PRIVATE KEY' without a passphrase; 'gatehouse crypto pair rsa generate' makes one.";
const publicKeyCure = "Write a PEM block 'BEGIN PUBLIC KEY', 'BEGIN RSA PUBLIC KEY' or 'BEGIN CERTIFICATE'.";
const chainCure = "Write PEM blocks 'BEGIN CERTIFICATE', the leaf first.";

/** An RSA key of at least 2048 bits or an ECDSA key on P-256, P-384 or P-521. */
export function parsePrivateKey(text: string): Outcome<ParsedKey> {
  const blocks = pemLabels(text);
  if (blocks.length !== 1)
    return refused(blocks.length === 0 ? 'is not PEM' : 'holds several PEM blocks', privateKeyCure);
  if (!blocks[0]?.endsWith('PRIVATE KEY')) return refused('is not a private key', privateKeyCure);
  try {
    return shaped(createPrivateKey(text));
  } catch {
    return refused('is a damaged or encrypted private key', privateKeyCure);
  }
}

export function parsePublicKey(text: string): Outcome<ParsedKey> {
  const blocks = pemLabels(text);
  if (blocks.length === 0) return refused('is not PEM', publicKeyCure);
  if (blocks.some((label) => label.endsWith('PRIVATE KEY')))
    return refused('is a private key; the private key of a client stays with the client', publicKeyCure);
  try {
    return shaped(createPublicKey(text));
  } catch {
    return refused('is not a public key', publicKeyCure);
  }
}

/** Order is checked here: each certificate must be issued by the next. Validity depends on the clock: see `chainExpiry`. */
export function parseChain(text: string): Outcome<Chain> {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return refused('holds no certificate', chainCure);
  if (pemLabels(text).length !== blocks.length) return refused('holds something other than certificates', chainCure);
  const chain: X509Certificate[] = [];
  for (const block of blocks) {
    try {
      chain.push(new X509Certificate(block));
    } catch {
      return refused(`has a damaged certificate at position ${chain.length + 1}`, chainCure);
    }
  }
  const broken = chain.findIndex((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer !== undefined && !(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  });
  if (broken !== -1)
    return refused(`is out of order: certificate ${broken + 1} is not signed by the one after it`, chainCure);
  return value(chain);
}

/** Why a chain may not be used at `nowMs`, or undefined. */
export function chainExpiry(chain: Chain, nowMs: number): string | undefined {
  for (const [index, certificate] of chain.entries()) {
    if (nowMs < certificate.validFromDate.getTime())
      return `certificate ${index + 1} is not valid before ${certificate.validFromDate.toISOString()}`;
    if (nowMs > certificate.validToDate.getTime())
      return `certificate ${index + 1} expired on ${certificate.validToDate.toISOString()}`;
  }
  return undefined;
}

export function chainBelongsTo(chain: Chain, key: KeyObject): boolean {
  const leaf = chain[0]?.publicKey.export({ type: 'spki', format: 'der' });
  const own = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return leaf?.equals(own) ?? false;
}

function pemLabels(text: string): string[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map((match) => match[1] ?? '');
}

function shaped(key: KeyObject): Outcome<ParsedKey> {
  if (key.asymmetricKeyType === 'rsa') {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < rsaBitsMin
      ? refused(`is an RSA key of ${bits} bits`, `Use an RSA key of at least ${rsaBitsMin} bits.`)
      : value({ key, shape: { type: 'rsa', bits } });
  }
  if (key.asymmetricKeyType === 'ec') {
    const named = key.asymmetricKeyDetails?.namedCurve ?? '';
    const curve = Object.hasOwn(curves, named) ? curves[named] : undefined;
    return curve
      ? value({ key, shape: { type: 'ec', curve } })
      : refused(`is on the curve ${named}`, 'Use P-256, P-384 or P-521.');
  }
  return refused(`is a key of type ${key.asymmetricKeyType}`, 'Use an RSA or an ECDSA key.');
}
