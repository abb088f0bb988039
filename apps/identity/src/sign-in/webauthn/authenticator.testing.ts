/**
 * For tests: an authenticator and the browser around it, in software. It does what WebAuthn says unless a test tells it to
 * lie: about the origin, the site, the counter, who was there.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { CreationOptions, RequestOptions } from './browser-options.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import type { Answer, Asked } from './webauthn.ts';

export const usualWebauthn: WebauthnOptions = {
  ...{ displayName: 'Example', attestation: 'indirect', timeoutMs: 60_000, attachment: undefined },
  ...{ discoverability: 'preferred', userVerification: 'preferred', permittedModels: [], prohibitedModels: [] },
  ...{ prohibitBackupEligible: false, passkeySignIn: true, verifiedCountsTwice: false, upgrades: false },
};

export type Lies = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userPresent?: boolean;
  readonly userVerified?: boolean;
  readonly backedUp?: boolean;
  /** What the counter shows. Default: one more than the last time. */
  readonly counter?: number;
  /** base64url; null leaves it out. */
  readonly userHandle?: string | null;
  readonly credentialId?: string;
};

export type AuthenticatorOptions = {
  readonly origin: string;
  readonly attachment?: 'platform' | 'cross-platform';
  readonly aaguid?: string;
  readonly attestation?: 'none' | 'packed';
  readonly discoverable?: boolean;
  /** Who signs a packed statement in place of the key itself. */
  readonly maker?: { readonly key: KeyObject; readonly certificates: readonly Buffer[] };
  /** As text, of a key that was set up elsewhere. */
  readonly userHandle?: string;
};

export function openAuthenticator(options: AuthenticatorOptions) {
  const { attachment = 'cross-platform', aaguid = '00000000-0000-0000-0000-000000000000' } = options;
  const credentialId = randomBytes(32).toString('base64url');
  let keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;
  let userHandle = Buffer.from(options.userHandle ?? '').toString('base64url');

  function clientData(type: string, challenge: string, lies: Lies): Buffer {
    const { origin = options.origin, crossOrigin = false } = lies;
    const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(said));
  }

  function authenticatorData(rpId: string, lies: Lies, attested: Buffer = Buffer.alloc(0)): Buffer {
    counter = lies.counter ?? counter + 1;
    const flags =
      (lies.userPresent === false ? 0 : 0x01) |
      (lies.userVerified === false ? 0 : 0x04) |
      (lies.backedUp ? 0x18 : 0) |
      (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(Buffer.from(lies.rpId ?? rpId)), Buffer.of(flags), count, attested]);
  }

  function signed(data: Buffer, client: Buffer, key: KeyObject = keys.privateKey): Buffer {
    return sign('sha256', Buffer.concat([data, sha256(client)]), key);
  }

  return {
    credentialId,
    /** COSE. */
    publicKey: () => cborOf(coseOf(keys.publicKey)),
    /** As the protocol before WebAuthn had it: a bare point. */
    point: () => {
      const { x = '', y = '' } = keys.publicKey.export({ format: 'jwk' });
      return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    },
    /** PKCS #8, for a browser's virtual authenticator. */
    privateKey: () => keys.privateKey.export({ format: 'der', type: 'pkcs8' }),
    /** Another authenticator's key under the same name. */
    swapKey() {
      keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    },
    register({ ceremony, options: asked }: Asked<CreationOptions>, lies: Lies = {}): Answer {
      userHandle = asked.user.id;
      const client = clientData('webauthn.create', asked.challenge, lies);
      const id = Buffer.from(credentialId, 'base64url');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const model = Buffer.from(aaguid.replaceAll('-', ''), 'hex');
      const data = authenticatorData(
        asked.rp.id,
        lies,
        Buffer.concat([model, length, id, cborOf(coseOf(keys.publicKey))]),
      );
      const format = options.attestation ?? 'none';
      const statement =
        format === 'none'
          ? new Map()
          : new Map<string, Cbor>([
              ['alg', -7],
              ['sig', signed(data, client, options.maker?.key)],
              ...(options.maker ? ([['x5c', [...options.maker.certificates]]] as [string, Cbor][]) : []),
            ]);
      const object = new Map<string, Cbor>([
        ['fmt', format],
        ['attStmt', statement],
        ['authData', data],
      ]);
      return answerOf(ceremony, {
        authenticatorAttachment: attachment,
        response: {
          clientDataJSON: client.toString('base64url'),
          attestationObject: cborOf(object).toString('base64url'),
          transports: ['usb'],
        },
        clientExtensionResults: { credProps: { rk: options.discoverable ?? true } },
      });
    },
    assert({ ceremony, options: asked }: Asked<RequestOptions>, lies: Lies = {}): Answer {
      const client = clientData('webauthn.get', asked.challenge, lies);
      const data = authenticatorData(asked.rpId, lies);
      const handle = lies.userHandle === undefined ? userHandle : lies.userHandle;
      return answerOf(ceremony, {
        authenticatorAttachment: attachment,
        ...(lies.credentialId && { id: lies.credentialId, rawId: lies.credentialId }),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signed(data, client).toString('base64url'),
          ...(handle !== null && { userHandle: handle }),
        },
        clientExtensionResults: {},
      });
    },
  };

  function answerOf(ceremony: string, body: object): Answer {
    const response = { id: credentialId, rawId: credentialId, type: 'public-key', ...body };
    return { ceremony, response: JSON.stringify(response) };
  }
}

export type Authenticator = ReturnType<typeof openAuthenticator>;

type Cbor = number | string | Buffer | Cbor[] | Map<string, Cbor> | Map<number, Cbor>;

/** The part of CBOR (RFC 8949) that authenticators write. */
function cborOf(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cborOf)]);
  const members = [...value].flatMap(([name, member]) => [cborOf(name), cborOf(member)]);
  return Buffer.concat([head(5, value.size), ...members]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.of((major << 5) | length);
  if (length < 256) return Buffer.of((major << 5) | 24, length);
  return Buffer.of((major << 5) | 25, length >> 8, length & 255);
}

/** RFC 9053, 7.1: EC2, ES256, P-256. */
function coseOf(publicKey: KeyObject): Map<number, Cbor> {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
