/** Certificates (RFC 5280) and requests for them (RFC 2986) by `@peculiar/x509`, which is loaded only here. Knows no flag and no file. */
// The library needs it and leaves it to whoever uses it, before everything else.
import 'reflect-metadata';
import { createPublicKey, type KeyObject, type KeyPairKeyObjectResult, randomBytes, type webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { CallNotUnderstood } from './crypto-flags.ts';

export type Name = { readonly type: 'dns' | 'ip' | 'email' | 'url'; readonly value: string };
export type Term = { readonly notBefore: Date; readonly notAfter: Date };

export type Subject = {
  readonly commonName: string;
  readonly names: readonly Name[];
  readonly organization: readonly string[];
  readonly organizationalUnit: readonly string[];
  readonly country: readonly string[];
  readonly province: readonly string[];
  readonly locality: readonly string[];
  readonly streetAddress: readonly string[];
  readonly postcode: readonly string[];
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
};

export type Authority = { readonly pem: string; readonly key: KeyObject };

type Wish = {
  readonly pair: KeyPairKeyObjectResult;
  readonly subject: Subject;
  readonly term: Term;
  /** Object identifiers; for what is no authority, a server's by default. */
  readonly usages: readonly string[];
  readonly isAuthority: boolean;
  /** Undefined: it signs itself. */
  readonly authority: Authority | undefined;
};

/** In PEM, with a line break at the end. Throws `CallNotUnderstood` for an authority that is none. */
export async function makeCertificate(wish: Wish): Promise<string> {
  const { pair, subject, term, isAuthority, authority } = wish;
  const issuer = authority && readAuthority(authority);
  const publicKey = await cryptoKeyOf(pair.publicKey, subject.hash);
  const issuerKey = issuer ? issuer.certificate.publicKey : publicKey;
  const signingKey = await cryptoKeyOf(issuer ? issuer.key : pair.privateKey, subject.hash);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: nameOf(subject),
    issuer: issuer ? issuer.certificate.subjectName.toJSON() : nameOf(subject),
    ...term,
    publicKey,
    signingKey,
    signingAlgorithm: signingAlgorithm(signingKey, subject.hash),
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      new x509.KeyUsagesExtension(keyUsage(pair.publicKey, isAuthority), true),
      ...extendedUsages(wish),
      ...alternativeNames(subject),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** In PEM, with a line break at the end. */
export async function makeRequest({ pair, subject }: Pick<Wish, 'pair' | 'subject'>): Promise<string> {
  const keys = {
    publicKey: await cryptoKeyOf(pair.publicKey, subject.hash),
    privateKey: await cryptoKeyOf(pair.privateKey, subject.hash),
  };
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: nameOf(subject),
    keys,
    signingAlgorithm: signingAlgorithm(keys.privateKey, subject.hash),
    extensions: alternativeNames(subject),
  });
  return `${request.toString('pem')}\n`;
}

function readAuthority({ pem, key }: Authority): { certificate: x509.X509Certificate; key: KeyObject } {
  let certificate: x509.X509Certificate;
  try {
    certificate = new x509.X509Certificate(pem);
  } catch {
    throw new CallNotUnderstood('The certificate of the authority is no certificate in PEM.');
  }
  if (!certificate.getExtension(x509.BasicConstraintsExtension)?.ca)
    throw new CallNotUnderstood('This certificate is no authority: make one with --ca.');
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (!spki.equals(Buffer.from(certificate.publicKey.rawData)))
    throw new CallNotUnderstood('Key and certificate of the authority do not belong together.');
  return { certificate, key };
}

function nameOf(subject: Subject): x509.JsonName {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['C', subject.country],
    ['ST', subject.province],
    ['L', subject.locality],
    ['2.5.4.9', subject.streetAddress],
    ['2.5.4.17', subject.postcode],
    ['O', subject.organization],
    ['OU', subject.organizationalUnit],
    ['CN', subject.commonName === '' ? [] : [subject.commonName]],
  ];
  return parts.flatMap(([type, values]) => values.map((value) => ({ [type]: [value] })));
}

function alternativeNames({ names }: Subject): x509.Extension[] {
  return names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension([...names])];
}

function keyUsage(key: KeyObject, isAuthority: boolean): x509.KeyUsageFlags {
  const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = x509.KeyUsageFlags;
  if (isAuthority) return digitalSignature | keyCertSign | cRLSign;
  return key.asymmetricKeyType === 'rsa' ? digitalSignature | keyEncipherment : digitalSignature;
}

function extendedUsages({ usages, isAuthority }: Wish): x509.Extension[] {
  const stated = usages.length > 0 || isAuthority ? usages : [x509.ExtendedKeyUsage.serverAuth];
  return stated.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension([...stated])];
}

/** Positive, 20 bytes at most (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

async function cryptoKeyOf(key: KeyObject, hash: Subject['hash']): Promise<webcrypto.CryptoKey> {
  const usages: webcrypto.KeyUsage[] = [key.type === 'private' ? 'sign' : 'verify'];
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash }, true, usages);
    case 'ed25519':
      return key.toCryptoKey('Ed25519', true, usages);
    case 'ec': {
      const namedCurve = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
      if (namedCurve !== undefined) return key.toCryptoKey({ name: 'ECDSA', namedCurve }, true, usages);
    }
  }
  throw new CallNotUnderstood('The key of the authority is of a kind that is not known here: RSA, ECDSA or Ed25519.');
}

function signingAlgorithm({ algorithm }: webcrypto.CryptoKey, hash: Subject['hash']) {
  return algorithm.name === 'ECDSA' ? { ...algorithm, hash } : algorithm;
}
