/**
 * For tests: an LDAP server that says to a bind and to StartTLS what the test wants, by the codes of RFC 4511 appendix
 * A. slapd(8) answers every refused bind with the same code; others do not. It holds nobody.
 */
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { BerReader, BerWriter } from 'ldapts';

export type Answers = {
  readonly bind?: number;
  readonly startTls?: number;
  /** Servers that hold the rest, all of them the same (section 4.5.3). */
  readonly refersTo?: readonly RefusingServer[];
};

export type RefusingServer = AsyncDisposable & {
  readonly port: number;
  readonly baseDn: 'dc=example,dc=com';
  readonly searcher: { readonly dn: string; readonly password: string };
  /** Answers so from now on. */
  answer(answers: Answers): void;
  /** Names that were bound, in order. */
  readonly bound: readonly string[];
};

const requests = { bind: 0x60, search: 0x63, extended: 0x77 };
const responses = { bind: 0x61, searchReference: 0x73, searchDone: 0x65, extended: 0x78 };

export async function startRefusingServer(first: Answers): Promise<RefusingServer> {
  let answers = first;
  const bound: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    // A client that waits for every answer sends one message at a time.
    socket.on('data', (message) => {
      const reader = new BerReader(message);
      reader.readSequence();
      const id = reader.readInt() ?? 0;
      const reply = (operation: number, write: (writer: BerWriter) => void) =>
        socket.write(responseOf(id, operation, write));
      switch (reader.readSequence()) {
        case requests.bind:
          reader.readInt();
          bound.push(reader.readString() ?? '');
          return reply(responses.bind, resultOf(answers.bind));
        case requests.extended:
          return reply(responses.extended, resultOf(answers.startTls));
        case requests.search:
          if (answers.refersTo)
            reply(responses.searchReference, (writer) => writer.writeStringArray(answers.refersTo?.map(urlOf) ?? []));
          return reply(responses.searchDone, resultOf());
        default:
          return socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    port: address.port,
    baseDn: 'dc=example,dc=com',
    searcher: { dn: 'cn=searcher,dc=example,dc=com', password: 'the searcher has a password' },
    bound,
    answer(next) {
      answers = next;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function urlOf({ port }: RefusingServer): string {
  return `ldap://127.0.0.1:${port}/dc=example,dc=com??sub`;
}

function responseOf(id: number, operation: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(operation);
  write(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

/** `LDAPResult` (section 4.1.9) without a name and a text. */
function resultOf(code = 0) {
  return (writer: BerWriter): void => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('');
  };
}
