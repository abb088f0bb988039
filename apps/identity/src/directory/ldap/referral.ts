/**
 * Where an LDAP server sends whoever asks it for what another one holds: referrals (RFC 4511 section 4.1.10) and continuation
 * references (section 4.5.3). The library does not tell them in full, so they are read from the bytes of the answers; and an
 * LDAP URL (RFC 4516) is read here. Asks no server.
 */
import type { Socket } from 'node:net';
import { BerReader } from 'ldapts';

/** LDAP URLs of servers that can each go on with the question. */
export type Referral = readonly string[];

export type ReferralReader = {
  listenTo(socket: Socket): void;
  /** What came since the last call. */
  take(): readonly Referral[];
};

/** What a referral says of the question to ask there; what it leaves out stays as it was. */
export type Target = {
  readonly scheme: 'ldap' | 'ldaps';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly dn?: string;
  readonly scope?: 'base' | 'one' | 'sub';
};

const searchReference = 0x73;
/** The ends of a bind, a search, a change and an extended operation. */
const results: readonly number[] = [0x61, 0x65, 0x67, 0x78];
const referralOfResult = 0xa3;

const portOf = { ldap: 389, ldaps: 636 } as const;
const scopes = ['base', 'one', 'sub'] as const;

export function openReferralReader(): ReferralReader {
  let unread = Buffer.alloc(0);
  let read: Referral[] = [];

  function readMessages(): void {
    for (let size = sizeOfFirst(unread); size > 0; size = sizeOfFirst(unread)) {
      const referral = referralOf(new BerReader(unread.subarray(0, size)));
      if (referral.length > 0) read.push(referral);
      unread = unread.subarray(size);
    }
  }

  return {
    listenTo(socket) {
      socket.on('data', (data: Buffer) => {
        unread = Buffer.concat([unread, data]);
        try {
          readMessages();
        } catch (cause) {
          socket.destroy(new Error('The LDAP server sends what is no message of LDAP.', { cause }));
        }
      });
    },
    take() {
      const taken = read;
      read = [];
      return taken;
    },
  };
}

/** Undefined for one that is not followed: no server, another protocol, another question, or something it insists on. */
export function parseTarget(uri: string): Target | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, hostname, port, pathname, search } = new URL(uri);
  const scheme = protocol.slice(0, -1);
  if ((scheme !== 'ldap' && scheme !== 'ldaps') || hostname === '') return undefined;
  const [, scope = '', filter = '', extensions = ''] = search.slice(1).split('?');
  const isKnownScope = scope === '' || scopes.some((each) => each === scope);
  const dn = decoded(pathname.slice(1));
  if (filter !== '' || extensions.includes('!') || !isKnownScope || dn === undefined) return undefined;
  return {
    scheme,
    host: hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === '' ? portOf[scheme] : Number(port),
    ...(dn !== '' && { dn }),
    ...(scope !== '' && { scope: scope as (typeof scopes)[number] }),
  };
}

/** 0 while the first message is not whole. */
function sizeOfFirst(bytes: Buffer): number {
  const reader = new BerReader(bytes);
  const isWhole = reader.readSequence() !== null && reader.remain >= reader.length;
  return isWhole ? reader.offset + reader.length : 0;
}

function referralOf(message: BerReader): Referral {
  message.readSequence();
  message.readInt();
  const operation = message.readSequence() ?? 0;
  const end = message.offset + message.length;
  if (operation === searchReference) return texts(message, end);
  if (!results.includes(operation)) return [];
  message.readEnumeration();
  message.readString();
  message.readString();
  if (message.offset >= end || message.peek() !== referralOfResult) return [];
  message.readSequence();
  return texts(message, message.offset + message.length);
}

function texts(message: BerReader, end: number): string[] {
  const read: string[] = [];
  while (message.offset < end) read.push(message.readString() ?? '');
  return read;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
