/** Rows of the change record as open pages are told them: each thing once a batch, a to-do with its card as it is now. */

import type { ChangeFacts } from '../../wire/change.ts';
import type { LiveChange } from '../../wire/live.ts';
import type { Card } from '../../wire/to-do.ts';
import type { Executor } from '../api/workspace.ts';
import type { ProjectRow } from '../projects/schema.ts';
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
  const last = new Map(rows.map((row) => [sameThing(row), row]));
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
        ...(isToDo && { card: cardAt(cards.get(row.subject_id), row.project_id, facts.number) }),
      },
    };
  });
}

/** A to-do that went to another project and came back has two numbers in the first; each is told. */
function sameThing({ kind, project_id, subject_id, actor_id, facts }: ChangeRow): string {
  return JSON.stringify([kind, project_id, subject_id, actor_id, (JSON.parse(facts) as ChangeFacts).number]);
}

/** The address of the change has no card any more when the to-do is elsewhere now, under another number or in another project. */
function cardAt(found: Found | undefined, projectId: string | null, number: number | undefined): Card | null {
  return found && found.projectId === projectId && found.card.number === number ? found.card : null;
}

type Found = { readonly projectId: string; readonly card: Card };

async function readCards(
  db: Executor,
  rows: readonly ChangeRow[],
  projects: ReadonlyMap<string, ProjectRow>,
): Promise<Map<string, Found>> {
  const toDos = rows.filter(({ kind }) => kind.startsWith('toDo.'));
  const byProject = Map.groupBy(toDos, ({ project_id }) => project_id ?? '');
  const cards = new Map<string, Found>();
  for (const [projectId, group] of byProject) {
    const project = projects.get(projectId);
    if (!project) continue;
    const ids = [...new Set(group.map(({ subject_id }) => subject_id))];
    for (const [id, card] of await readCardsById(db, project, ids)) cards.set(id, { projectId, card });
  }
  return cards;
}
