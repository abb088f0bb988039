/**
 * Makes a project of another one: the plan and what is open in it, as `renewed-parts.ts` has it, described as a file and taken
 * in again. The bytes of files first, then everything in one transaction. Nobody is told but by the project that is there.
 */
import { rm } from 'node:fs/promises';
import type { DuplicateProjectRequest, ProjectDuplicated } from '../../wire/duplicate.ts';
import { fileToDosMax, type ProjectFile } from '../../wire/project-file.ts';
import { refuse } from '../api/permit.ts';
import { invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { receive } from '../files/files.ts';
import { markKept, putFile } from '../files/stored.ts';
import { claimProject } from '../projects/commands.ts';
import { type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import { describeProject } from './export-project.ts';
import { writeMembers } from './import-project.ts';
import type { Matched } from './match-people.ts';
import { type Parts, readOpenFiles, readParts } from './project-parts.ts';
import { renewParts } from './renewed-parts.ts';
import { writePlan } from './write-plan.ts';
import { type KeptFile, writeWork } from './write-work.ts';

/** The same creation key again answers with the project that it made the first time. */
export async function duplicateProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: DuplicateProjectRequest,
): Promise<ProjectDuplicated | Refusal> {
  const refusal =
    refuse(viewer, 'project.duplicate', project.facts) ?? refuse(viewer, 'project.create', wholeWorkspace);
  if (refusal) return refusal;
  const copies = request.withFiles ? await copyFiles(workspace, project.row.id) : new Map<string, KeptFile>();
  let isKept = false;
  try {
    const made = await wholeOrNothing(workspace, (trx) => write(workspace, trx, viewer, project, request, copies));
    if (isRefusal(made)) return made;
    isKept = made.isNew;
    return { key: made.key };
  } finally {
    if (!isKept) await workspace.files.removeAll([...copies.values()].map(({ id }) => id));
  }
}

async function write(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  request: DuplicateProjectRequest,
  copies: ReadonlyMap<string, KeptFile>,
): Promise<{ key: string; isNew: boolean } | Refusal> {
  await holdProject(workspace, trx, project);
  const { row } = project;
  const place = await claimProject(workspace, trx, viewer, {
    creationKey: request.creationKey,
    name: request.name,
    description: row.description,
    visibility: row.visibility,
    clientId: row.client_id,
    ...(request.key && { key: request.key }),
  });
  if (isRefusal(place) || !place.isNew) return place;
  const days = { starts_on: row.starts_on, ends_on: row.ends_on };
  const parts = renewParts(await readParts(trx, row.id), days, { viewer, now: workspace.now(), ...request });
  if (!parts) return invalid([{ path: 'shiftDays', message: 'A day would fall out of the calendar.' }]);
  if (parts.toDos.length > fileToDosMax)
    return invalid([{ path: '', message: 'At most {max} to-dos.', values: { max: fileToDosMax } }]);
  await trx.updateTable('projects').set(parts.days).where('id', '=', place.id).execute();
  const within = { ...workspace, db: trx };
  const described = await describeProject(within, viewer, project, parts);
  const file = { ...described, project: { ...described.project, nextNumber: 1 } };
  const matched = matchOwn(file);
  await writeMembers(workspace, trx, viewer, place.id, file, matched);
  const plan = await writePlan(workspace, trx, place.id, file, matched);
  await writeWork(workspace, trx, { viewer, projectId: place.id }, file, matched, plan, placesOf(parts, copies));
  await markKept(
    trx,
    [...copies.values()].map(({ id }) => id),
  );
  await recordChange(workspace, trx, {
    projectId: place.id,
    actorId: viewer.id,
    kind: 'project.created',
    subjectId: place.id,
    data: { title: request.name, count: file.toDos.length },
  });
  return place;
}

/** Everybody is who they are: nothing leaves the workspace, so what others wrote stays theirs. */
function matchOwn({ people }: ProjectFile): Matched {
  const found = new Map(people.map((person) => [person.ref, person]));
  return {
    person: (ref) => (ref === null ? undefined : found.get(ref)?.id),
    mentioned(inFile) {
      const person = found.get(inFile.id);
      return person && { id: person.id, label: person.name };
    },
    author: (ref) => ({ id: found.get(ref)?.id ?? '', named: null }),
    known: [],
    unknown: [],
    keepsAuthors: true,
  };
}

/** By the names that places of files have in a project file: `carriedFiles`. */
function placesOf({ toDos, filesOf }: Parts, copies: ReadonlyMap<string, KeptFile>): Map<string, KeptFile> {
  const at = (where: string | number, id: string | null) =>
    (filesOf.get(id) ?? []).flatMap((file, index): [string, KeptFile][] => {
      const copy = copies.get(file.id);
      return copy ? [[`${where}.${index}`, copy]] : [];
    });
  return new Map([...at('project', null), ...toDos.flatMap(({ id }, toDo) => at(toDo, id))]);
}

/** By the id of the file that was copied. What the store has lost is left out, as on its page. */
async function copyFiles(workspace: Workspace, projectId: string): Promise<Map<string, KeptFile>> {
  const { store, removeAll } = workspace.files;
  const copies = new Map<string, KeptFile>();
  try {
    for (const { id, bytes } of await readOpenFiles(workspace.db, projectId)) {
      const stream = await store.open(id);
      if (!stream) continue;
      const newId = workspace.newId();
      const received = await receive(stream, newId, bytes);
      if (!received) continue;
      try {
        await putFile(workspace, newId, received.path, received.sha256);
      } finally {
        await rm(received.path, { force: true });
      }
      copies.set(id, { id: newId, imageType: received.imageType });
    }
    return copies;
  } catch (error) {
    await removeAll([...copies.values()].map(({ id }) => id));
    throw error;
  }
}
