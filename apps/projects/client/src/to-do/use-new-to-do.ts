/**
 * What a new to-do shall be while it is written. What the line says is picked below it; what is picked by hand stays until the
 * line says something else about it. What was begun is kept until it is made or thrown away.
 */
import { useEffect, useState } from 'react';
import type { Day } from '../../../wire/days.ts';
import type { PersonRef } from '../../../wire/me.ts';
import { type PlaceRef, placeIn, type QuickAdd } from '../../../wire/quick-add.ts';
import type { CreateToDoRequest, Priority } from '../../../wire/to-do.ts';
import { type Draft, useDraft } from '../api/drafts.ts';
import { useProject } from '../api/queries.ts';
import { useToday } from '../kit/clock.ts';
import { readLine } from './quick-line.tsx';

type Begun = {
  readonly line: string;
  readonly description: string;
  readonly dueOn: Day | null;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
};
/** What is picked by hand and is another one in another project. */
type Picked = { readonly statusId: string | undefined; readonly assignees: readonly PersonRef[] | undefined };
type Writing = Begun & { readonly picked: Readonly<Record<string, Picked>> };
export type NewToDo = Begun & { readonly statusId: string | undefined; readonly assignees: readonly PersonRef[] };

const nothing: Begun = { line: '', description: '', dueOn: null, priority: null, tags: [] };
const nobody: readonly PersonRef[] = [];
const nonePicked: Picked = { statusId: undefined, assignees: undefined };

/** `chosen`: where it goes when the line names no project of `places`; `mine`: who has it when nobody is named. */
export function useNewToDo(chosen: string, places: readonly PlaceRef[], mine: readonly PersonRef[]) {
  const draft = useDraft<Begun>('new');
  const [begun] = useState(() => draft.read());
  const [writing, setWriting] = useState<Writing>({ ...nothing, ...begun, picked: {} });
  const today = useToday();
  const projectKey = placeIn(writing.line, places) ?? chosen;
  const project = useProject(projectKey).data;
  const people = project?.assignable ?? nobody;
  const { statusId, assignees } = writing.picked[projectKey] ?? nonePicked;

  useEffect(() => keepBegun(draft, writing), [draft, writing]);

  const read = (words: string): QuickAdd => readLine(words, today, people, places);
  const said = read(writing.line);
  const named = people.filter(({ id }) => said.assigneeIds.includes(id));
  const toDo: NewToDo = { ...writing, statusId, assignees: assignees ?? (named.length > 0 ? named : mine) };

  const change = (news: Partial<Begun>): void => setWriting((now) => ({ ...now, ...news }));
  const pick = (news: Partial<Picked>): void =>
    setWriting((now) => {
      const before = now.picked[projectKey] ?? nonePicked;
      return { ...now, picked: { ...now.picked, [projectKey]: { ...before, ...news } } };
    });

  return {
    projectKey,
    project,
    people,
    toDo,
    said,
    wasBegun: begun !== undefined,
    change,
    pick,
    write(words: string) {
      const now = read(words);
      change({ line: words, ...newsOf(said, now) });
      if (now.assigneeIds.join() !== said.assigneeIds.join()) pick({ assignees: undefined });
    },
    forget: () => draft.drop(),
    keep: () => keepBegun(draft, writing),
  };
}

/** What the line says now that it did not say before. */
function newsOf(before: QuickAdd, now: QuickAdd): Partial<Begun> {
  return {
    ...(now.dueOn !== before.dueOn && { dueOn: now.dueOn }),
    ...(now.priority !== before.priority && { priority: now.priority }),
    ...(now.tags.join() !== before.tags.join() && { tags: now.tags }),
  };
}

function keepBegun(draft: Draft<Begun>, { line, description, dueOn, priority, tags }: Begun): void {
  if (`${line}${description}`.trim() === '') draft.drop();
  else draft.keep({ line, description, dueOn, priority, tags });
}

export function requestFor(
  { description, dueOn, priority, tags, assignees, statusId }: NewToDo,
  { title, plannedHours, effort }: QuickAdd,
): Omit<CreateToDoRequest, 'creationKey'> {
  return {
    title,
    description,
    dueOn,
    priority,
    tags: [...tags],
    assigneeIds: assignees.map(({ id }) => id),
    ...(plannedHours !== null && { plannedHours }),
    ...(effort !== null && { effort }),
    ...(statusId !== undefined && { statusId }),
  };
}
