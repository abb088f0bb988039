/**
 * Live pages: who listens, what each is told, and when a stream ends. Every change is read once, whoever listens; each
 * person is told what `can` lets them see at that moment. A stream lives as long as the session it was opened by.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { type Refusal, tooManyStreams } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Person } from '../people/person.ts';
import { type Audience, readAudience } from './audience.ts';
import { missedSince, newestChange } from './catch-up.ts';
import { type LiveEvent, readEvents } from './events.ts';
import { type ChangeRow, openHub } from './hub.ts';
import { openStream, type Stream } from './stream.ts';

export type Live = {
  /** `after`: the id of the last event that was seen, if any. `stillHere` asks whether the session goes on. */
  open(person: Person, after: number | undefined, stillHere: () => Promise<boolean>): Promise<Response | Refusal>;
  /** People with an open page. */
  readonly listeners: number;
  /** Their open pages. */
  readonly streams: number;
  close(): Promise<void>;
};

export type LiveOptions = {
  /** How many notifications wait unread for each of these people. */
  readonly countUnread: (personIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly perPersonMax?: number;
  readonly listenersMax?: number;
  readonly beatMs?: number;
};

type Listener = {
  readonly personId: string;
  readonly stream: Stream;
  readonly stillHere: () => Promise<boolean>;
  /** Held back until what was missed is told. */
  waiting: LiveEvent[] | undefined;
};

/** Of sessions, whether they go on. */
const asksAtOnce = 20;

export function openLive(workspace: Workspace, log: Log, options: LiveOptions): Live {
  const { perPersonMax = 12, listenersMax = 5_000, beatMs = 20_000 } = options;
  const { db } = workspace;
  const listeners = new Set<Listener>();
  const listening = (): string[] => [...new Set([...listeners].map(({ personId }) => personId))];

  async function tell(
    rows: readonly ChangeRow[],
    to: ReadonlySet<Listener>,
    send: (listener: Listener, event: LiveEvent) => void,
  ): Promise<void> {
    const people = [...new Set([...to].map(({ personId }) => personId))];
    if (people.length === 0) return;
    const projectIds = [...new Set(rows.flatMap(({ project_id }) => project_id ?? []))];
    const audience = await readAudience(db, projectIds, people);
    const events = await readEvents(db, rows, audience.projects);
    for (const event of events)
      for (const listener of to) if (mayHear(event, listener.personId, audience)) send(listener, event);
  }

  async function ring(personIds: readonly string[]): Promise<void> {
    const wanted = new Set(personIds);
    const concerned = [...listeners].filter(({ personId }) => wanted.has(personId));
    if (concerned.length === 0) return;
    const unread = await options.countUnread([...new Set(concerned.map(({ personId }) => personId))]);
    for (const { personId, stream } of concerned) stream.send('bell', { unread: unread.get(personId) ?? 0 });
  }

  /** A session that cannot be asked about has not ended: the next beat asks again. One that keeps us waiting holds up few. */
  async function endStrangers(): Promise<void> {
    const waiting = [...listeners].values();
    await Promise.all(
      Array.from({ length: asksAtOnce }, async () => {
        for (const { stream, stillHere } of waiting) if (!(await stillHere().catch(() => true))) stream.end();
      }),
    );
  }

  const hub = openHub(db, workspace.announcements, log, {
    onChanges: (rows) => tell(rows, new Set(listeners), sendOrHold),
    onBells: ring,
    onSessionsEnded: () => void endStrangers(),
    // Every page catches up by itself when its stream begins anew.
    onGap() {
      for (const { stream } of [...listeners]) stream.end();
    },
  });
  const beating = setInterval(() => {
    for (const { stream } of [...listeners]) stream.beat();
    void endStrangers();
  }, beatMs).unref();

  return {
    async open(person, after, stillHere) {
      const own = [...listeners].filter(({ personId }) => personId === person.id);
      if (own.length >= perPersonMax || listeners.size >= listenersMax) return tooManyStreams();
      const listener: Listener = {
        personId: person.id,
        stream: openStream(() => listeners.delete(listener)),
        stillHere,
        waiting: [],
      };
      listeners.add(listener);
      try {
        await catchUp(listener, after);
      } catch (cause) {
        listener.stream.end();
        throw cause;
      }
      return listener.stream.response;
    },
    get listeners() {
      return listening().length;
    },
    get streams() {
      return listeners.size;
    },
    async close() {
      clearInterval(beating);
      for (const { stream } of [...listeners]) stream.end();
      await hub.close();
    },
  };

  async function catchUp(listener: Listener, after: number | undefined): Promise<void> {
    const { stream } = listener;
    const newest = await newestChange(db);
    const missed = after === undefined ? [] : await missedSince(workspace, after);
    if (missed === 'too-many') stream.send('reload', {}, newest);
    else {
      stream.send('ready', {}, missed.length === 0 ? newest : undefined);
      await tell(missed, new Set([listener]), send);
    }
    const waiting = listener.waiting ?? [];
    listener.waiting = undefined;
    for (const event of waiting) send(listener, event);
    const unread = await options.countUnread([listener.personId]);
    stream.send('bell', { unread: unread.get(listener.personId) ?? 0 });
  }
}

function send({ stream }: Listener, { change, id }: LiveEvent): void {
  stream.send('change', change, id);
}

function sendOrHold(listener: Listener, event: LiveEvent): void {
  if (listener.waiting) listener.waiting.push(event);
  else send(listener, event);
}

function mayHear(
  { projectId, personId, change }: LiveEvent,
  listenerId: string,
  { maySee, sawBefore }: Audience,
): boolean {
  if (personId === listenerId || projectId === null) return true;
  return (change.kind === 'project.trashed' ? sawBefore : maySee)(listenerId, projectId);
}
