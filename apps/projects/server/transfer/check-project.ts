/**
 * Whether a project file holds together: every reference leads somewhere, nothing waits for itself, numbers are there once.
 * What each field may be, its schema has checked. Pure.
 */
import { marked, type Values } from '@gatehouse/words/say.ts';
import type { CarriedFile, ProjectFile } from '../../wire/project-file.ts';
import { foldTag } from '../../wire/tag.ts';
import { decodeContent } from './contents.ts';

/** `message` before `values` are put in. */
export type Fault = { readonly path: string; readonly message: string; readonly values?: Values };
type Tell = (path: string, message: string, values?: Values) => void;
const faultsMax = 50;

export function checkProject(file: ProjectFile): Fault[] {
  const faults: Fault[] = [];
  const fault: Tell = (path, message, values) => void faults.push({ path, message, ...(values && { values }) });
  const people = refsOf('people', file.people, fault);
  const statuses = refsOf('statuses', file.statuses, fault);
  const milestones = refsOf('milestones', file.milestones, fault);
  const sprints = refsOf('sprints', file.sprints, fault);
  const tags = new Set(file.tags.map(({ name }) => foldTag(name)));
  const needs = (path: string, among: ReadonlySet<unknown>, names: readonly (string | number | null)[]): void => {
    const strange = names.find((name) => name !== null && !among.has(name));
    if (strange !== undefined)
      fault(path, marked('“{name}” is named here and is not in the file.'), { name: String(strange) });
  };
  const ordered = (path: string, from: string | null, to: string | null): void => {
    if (from !== null && to !== null && to < from) fault(path, marked('The end is before the start.'));
  };

  once(
    'statuses',
    file.statuses.map(({ name }) => foldTag(name)),
    fault,
  );
  once('tags', [...file.tags.map(({ name }) => foldTag(name))], fault);
  once(
    'members',
    file.members.map(({ person }) => person),
    fault,
  );
  needs(
    'members',
    people,
    file.members.map(({ person }) => person),
  );
  ordered('project', file.project.startOn, file.project.endOn);
  for (const [index, each] of file.milestones.entries()) {
    const path = `milestones.${index}`;
    needs(path, milestones, each.dependsOn);
    needs(path, people, [each.owner, each.by]);
    if ((each.startOn === null) !== (each.endOn === null))
      fault(path, marked('Give both the first and the last day, or neither.'));
    ordered(path, each.startOn, each.endOn);
  }
  if (hasCircle(new Map(file.milestones.map(({ ref, dependsOn }) => [ref, dependsOn]))))
    fault('milestones', marked('Some of them wait for each other in a circle.'));
  for (const [index, each] of file.sprints.entries()) {
    needs(`sprints.${index}`, people, [each.by]);
    ordered(`sprints.${index}`, each.startOn, each.endOn);
  }
  for (const [index, each] of file.goals.entries()) {
    const path = `goals.${index}`;
    needs(path, milestones, each.milestones);
    needs(path, people, [each.owner, each.by, ...each.values.map(({ by }) => by)]);
    ordered(path, each.startOn, each.endOn);
    if (each.startValue === each.targetValue) fault(path, marked('The target is where it starts.'));
  }
  needs(
    'statusUpdates',
    people,
    file.statusUpdates.map(({ by }) => by),
  );

  const checkFiles = (path: string, files: readonly CarriedFile[]): void => {
    for (const { content, ...facts } of files) {
      needs(path, people, [facts.by]);
      if (content !== null && !decodeContent({ ...facts, content }))
        fault(path, marked('The content of the file “{name}” is not what it was.'), { name: facts.name });
    }
  };
  checkFiles('files', file.files);

  const numbers = new Set(file.toDos.map(({ number }) => number));
  once(
    'toDos',
    file.toDos.map(({ number }) => number),
    fault,
  );
  const wholes = new Map(file.toDos.map(({ number, parent }) => [number, parent]));
  for (const [index, each] of file.toDos.entries()) {
    const path = `toDos.${index}`;
    needs(path, statuses, [each.status]);
    needs(path, milestones, [each.milestone]);
    needs(path, sprints, [each.sprint]);
    needs(path, people, [each.by, ...each.assignees, ...each.watchers]);
    needs(path, tags, each.tags.map(foldTag));
    needs(path, numbers, [each.parent, ...each.blockedBy]);
    ordered(path, each.workStartOn, each.workEndOn);
    if (each.parent !== null && (each.parent === each.number || (wholes.get(each.parent) ?? null) !== null))
      fault(path, marked('It is a part of what cannot have parts.'));
    checkComments(path, each.comments, people, needs, fault);
    checkFiles(path, each.files);
    if (faults.length >= faultsMax) return faults.slice(0, faultsMax);
  }
  if (hasCircle(new Map(file.toDos.map(({ number, blockedBy }) => [number, blockedBy]))))
    fault('toDos', marked('Some of them wait for each other in a circle.'));
  return faults.slice(0, faultsMax);
}

function checkComments(
  path: string,
  comments: ProjectFile['toDos'][number]['comments'],
  people: ReadonlySet<string>,
  needs: (path: string, among: ReadonlySet<unknown>, names: readonly (string | null)[]) => void,
  fault: Tell,
): void {
  const firsts = new Set(comments.filter(({ replyTo }) => replyTo === null).map(({ ref }) => ref));
  once(
    path,
    comments.map(({ ref }) => ref),
    fault,
  );
  for (const { replyTo, by, reactions } of comments) {
    needs(path, firsts, [replyTo]);
    needs(path, people, [by, ...reactions.map((reaction) => reaction.by)]);
  }
}

function refsOf(path: string, things: readonly { readonly ref: string }[], fault: Tell): Set<string> {
  once(
    path,
    things.map(({ ref }) => ref),
    fault,
  );
  return new Set(things.map(({ ref }) => ref));
}

function once(path: string, names: readonly (string | number)[], fault: Tell): void {
  if (new Set(names).size < names.length) fault(path, marked('Something is named twice.'));
}

/** Takes away, again and again, what waits for nothing more; what is left waits in a circle. */
function hasCircle<Name>(waits: ReadonlyMap<Name, readonly Name[]>): boolean {
  const open = new Map([...waits].map(([name, others]) => [name, new Set(others).size]));
  const waiting = new Map<Name, Name[]>();
  for (const [name, others] of waits)
    for (const other of new Set(others)) waiting.set(other, [...(waiting.get(other) ?? []), name]);
  const free = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  let gone = 0;
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    gone++;
    for (const other of waiting.get(name) ?? []) {
      const left = (open.get(other) ?? 0) - 1;
      open.set(other, left);
      if (left === 0) free.push(other);
    }
  }
  return gone < open.size;
}
