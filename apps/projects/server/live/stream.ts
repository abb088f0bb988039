/**
 * One open answer of server-sent events (WHATWG HTML, 9.2): writes events, says now and then that it is still there, and
 * ends when its reader is gone or too slow. Knows no change and no person.
 */

export type Stream = {
  readonly response: Response;
  send(event: string, data: object, id?: number): void;
  /** Whatever keeps a proxy from closing a silent connection. */
  beat(): void;
  end(): void;
};

/** How long a browser waits before it comes back. */
const retryMs = 2_000;
/** What waits for a slow reader. Beyond it the stream ends, and the reader catches up when it comes back. */
const waitingBytesMax = 512 * 1024;

export function openStream(onEnd: () => void): Stream {
  const encoder = new TextEncoder();
  let ended = false;
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;

  function end(): void {
    if (ended) return;
    ended = true;
    onEnd();
    try {
      sink?.close();
    } catch {
      // The reader cancelled it already.
    }
  }

  function write(text: string): void {
    if (ended || !sink) return;
    if ((sink.desiredSize ?? 0) <= 0) end();
    else sink.enqueue(encoder.encode(text));
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        sink = controller;
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: waitingBytesMax }),
  );
  write(`retry: ${retryMs}\n\n`);
  return {
    response: new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        // nginx would collect the events until its buffer is full.
        'X-Accel-Buffering': 'no',
      },
    }),
    send(event, data, id) {
      const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`]), `data: ${JSON.stringify(data)}`];
      write(`${lines.join('\n')}\n\n`);
    },
    beat: () => write(': \n\n'),
    end,
  };
}
