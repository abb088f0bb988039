/** What the cards of a project can be filtered and grouped by, with names. */
import { useMemo } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { Card } from '../../../wire/to-do.ts';
import { useMilestones } from '../milestones/use-milestones.ts';
import { useSprints } from '../sprints/use-sprints.ts';

export type Named = { readonly id: string; readonly name: string };

export type Places = {
  readonly statuses: readonly Named[];
  /** To-dos that have subtasks, by their number. */
  readonly wholes: readonly Named[];
  readonly people: readonly Named[];
  readonly tags: readonly Named[];
  readonly milestones: readonly Named[];
  readonly sprints: readonly Named[];
};

/** People and tags: those of the project, and those that only old cards still carry. */
export function usePlaces(project: Project, cards: readonly Card[]): Places {
  const milestones = useMilestones(project.key).data?.milestones;
  const sprints = useSprints(project.key).data?.sprints;
  return useMemo(() => {
    const people = new Map(project.assignable.map((person) => [person.id, person]));
    const tags = new Map<string, Named>();
    for (const card of cards) {
      for (const person of card.assignees) if (!people.has(person.id)) people.set(person.id, person);
      for (const tag of card.tags) tags.set(tag.id, tag);
    }
    const byName = (a: Named, b: Named): number => a.name.localeCompare(b.name);
    return {
      statuses: project.statuses,
      wholes: wholesOf(project.key, cards),
      people: [...people.values()].toSorted(byName),
      tags: [...tags.values()].toSorted(byName),
      milestones: milestones?.map(({ id, title }) => ({ id, name: title })) ?? [],
      sprints: sprints?.map(({ id, name }) => ({ id, name })) ?? [],
    };
  }, [project, cards, milestones, sprints]);
}

/** In the order of the cards; one that is not among them itself goes by its number alone. */
function wholesOf(key: string, cards: readonly Card[]): Named[] {
  const wholes = new Map<number, string>();
  for (const { number, parentNumber, subtasks, title } of cards) {
    if (parentNumber !== null && !wholes.has(parentNumber)) wholes.set(parentNumber, `${key}-${parentNumber}`);
    if (subtasks.total > 0) wholes.set(number, `${key}-${number} ${title}`);
  }
  return [...wholes].map(([number, name]) => ({ id: String(number), name }));
}
