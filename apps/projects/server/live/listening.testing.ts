/** Test support: an open page's ear. Reads server-sent events off an answer as a browser would. */
import assert from 'node:assert/strict';
import { ownOrigin, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';

export type Heard = { readonly event: string; readonly id?: number; readonly data: Record<string, unknown> };

export type Listening = AsyncDisposable & {
  /** The next event of that name, waiting for it if need be; others before it are passed over. */
  next(event: string): Promise<Heard>;
  /** The next change of that kind; earlier ones may come late, for they are told after their commit. */
  nextChange(kind: string): Promise<Heard>;
  /** Undefined once the stream has ended. */
  nextAny(): Promise<Heard | undefined>;
};

export async function listenAs(workspace: TestWorkspace, person: Person, after?: number): Promise<Listening> {
  const headers = {
    cookie: `person=${person.id}`,
    origin: ownOrigin,
    ...(after !== undefined && { 'last-event-id': String(after) }),
  };
  const response = await workspace.app.request('/api/live', { headers });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  assert.ok(response.body);
  return readEvents(response.body);
}

export function readEvents(body: ReadableStream<Uint8Array>): Listening {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';

  async function nextAny(): Promise<Heard | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) return undefined;
        text += value;
        continue;
      }
      const heard = parseEvent(text.slice(0, end));
      text = text.slice(end + 2);
      if (heard) return heard;
    }
  }

  async function next(event: string): Promise<Heard> {
    for (;;) {
      const heard = await nextAny();
      assert.ok(heard, `the stream ended before an event “${event}”`);
      if (heard.event === event) return heard;
    }
  }

  return {
    nextAny,
    next,
    async nextChange(kind) {
      for (;;) {
        const heard = await next('change');
        if (heard.data.kind === kind) return heard;
      }
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}

function parseEvent(block: string): Heard | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  );
  const event = fields.get('event');
  const data = fields.get('data');
  if (event === undefined || data === undefined) return undefined;
  const id = fields.get('id');
  return { event, data: JSON.parse(data) as Record<string, unknown>, ...(id !== undefined && { id: Number(id) }) };
}
