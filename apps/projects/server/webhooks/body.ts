/** What a webhook is told of a change. Pure; the facts are those of the change record. */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';

export type Told = {
  readonly id: string;
  /** Of the change record: the later a change, the higher. Null for a ping. */
  readonly sequence: number | null;
  readonly kind: ChangeKind | 'ping';
  readonly at: number;
  readonly project: { readonly key: string; readonly name: string };
  /** Null for somebody who left. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly subjectId: string;
  readonly facts: ChangeFacts;
  readonly appUrl: string;
};

/** A shape of its own, documented in docs/operate/webhooks.md: what is added to it is added, what is there stays. */
export function writeBody({ id, sequence, kind, at, project, by, subjectId, facts, appUrl }: Told): string {
  const path = facts.number === undefined ? `/p/${project.key}` : `/p/${project.key}/t/${facts.number}`;
  return JSON.stringify({
    id,
    type: kind,
    timestamp: new Date(at).toISOString(),
    ...(sequence !== null && { sequence }),
    data: { project, by, subjectId, url: `${appUrl}${path}`, ...facts },
  });
}
