/** Rows of the change record as open pages are told them: each thing once a batch, a to-do with its card as it is now. */
import type { ChangeFacts } from '../../wire/change.ts';
import type { LiveChange } from '../../wire/live.ts';
import type { Card } from '../../wire/to-do.ts';
import type { Executor } from '../api/workspace.ts';
import type { ProjectRow } from '../projects/present.ts';
import { readCardsById } from '../to-dos/queries.ts';
import type { ChangeRow } from './hub.ts';

export type LiveEvent = {
  readonly id: number;
  readonly projectId: string | null;
  /** Told of it whether or not they may see the project: whose own place in it changed. */
  readonly personId: string | undefined;
  readonly change: LiveChange;
};

export async function readEvents(
  db: Executor,
  rows: readonly ChangeRow[],
  projects: ReadonlyMap<string, ProjectRow>,
): Promise<LiveEvent[]> {
  const last = new Map(rows.map((row) => [JSON.stringify([row.kind, row.subject_id, row.actor_id]), row]));
  const kept = [...last.values()].sort((a, b) => a.id - b.id);
  const cards = await readCards(db, kept, projects);
  return kept.map((row) => {
    const facts = JSON.parse(row.facts) as ChangeFacts;
    const isToDo = row.kind.startsWith('toDo.');
    return {
      id: row.id,
      projectId: row.project_id,
      personId: row.kind.startsWith('member.') ? facts.personId : undefined,
      change: {
        kind: row.kind,
        projectKey: (row.project_id && projects.get(row.project_id)?.key) || null,
        subjectId: row.subject_id,
        actorId: row.actor_id,
        ...(facts.number !== undefined && { number: facts.number }),
        ...(isToDo && { card: cards.get(row.subject_id) ?? null }),
      },
    };
  });
}

async function readCards(
  db: Executor,
  rows: readonly ChangeRow[],
  projects: ReadonlyMap<string, ProjectRow>,
): Promise<Map<string, Card>> {
  const toDos = rows.filter(({ kind }) => kind.startsWith('toDo.'));
  const byProject = Map.groupBy(toDos, ({ project_id }) => project_id ?? '');
  const cards = new Map<string, Card>();
  for (const [projectId, group] of byProject) {
    const project = projects.get(projectId);
    if (!project) continue;
    const ids = [...new Set(group.map(({ subject_id }) => subject_id))];
    for (const [id, card] of await readCardsById(db, project.key, ids)) cards.set(id, card);
  }
  return cards;
}
