/**
 * What the directory says about the people who are signed in, asked again every `refresh_interval`, so that someone who was
 * disabled or removed loses the session soon. While the directory cannot answer, the last answer stands.
 */
import type { Directory, FindAnswer, Identity } from '../directory/directory.ts';

export type People = {
  /** `username` is the canonical name. */
  find(username: string): Promise<FindAnswer>;
  /** The directory has just said this, with a verified password: no need to ask again soon. */
  remember(identity: Identity): void;
};

const peopleMax = 10_000;

type Known = { readonly identity: Identity; readonly askedAtMs: number };

export function openPeople(parts: {
  readonly directory: Pick<Directory, 'find'>;
  /** Seconds; `disable` asks once, `always` each time. */
  readonly refreshInterval: number | 'disable' | 'always';
  readonly nowMs: () => number;
}): People {
  const { directory, refreshInterval, nowMs } = parts;
  const intervalMs =
    refreshInterval === 'disable'
      ? Number.POSITIVE_INFINITY
      : refreshInterval === 'always'
        ? 0
        : refreshInterval * 1000;
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<FindAnswer>>();

  function remember(identity: Identity): void {
    known.delete(identity.username);
    known.set(identity.username, { identity, askedAtMs: nowMs() });
    const oldest = known.size > peopleMax ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  }

  async function ask(username: string): Promise<FindAnswer> {
    const answer = await directory.find(username);
    if (answer.kind === 'unavailable') {
      const last = known.get(username);
      return last ? { kind: 'found', identity: last.identity } : answer;
    }
    if (answer.kind === 'found' && answer.identity.username === username) {
      remember(answer.identity);
      return answer;
    }
    known.delete(username);
    return { kind: 'unknown' };
  }

  return {
    remember,
    async find(username) {
      const last = known.get(username);
      if (last && nowMs() - last.askedAtMs < intervalMs) return { kind: 'found', identity: last.identity };
      const question = asking.get(username) ?? ask(username).finally(() => asking.delete(username));
      asking.set(username, question);
      return question;
    },
  };
}
