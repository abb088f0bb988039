/** Makes a project of a file, whole or not at all. The bytes of its files first, then everything else in one transaction. */
import {
  carriedFiles,
  type ImportProjectRequest,
  type ProjectFile,
  type ProjectImported,
  type ProjectPreview,
} from '../../wire/project-file.ts';
import { refuse } from '../api/permit.ts';
import { invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { imageTypeOf } from '../files/image-type.ts';
import { markKept } from '../files/stored.ts';
import { claimProject } from '../projects/commands.ts';
import { type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';
import { checkProject } from './check-project.ts';
import { decodeContent, keepContent } from './contents.ts';
import { type Matched, matchPeople } from './match-people.ts';
import { writePlan } from './write-plan.ts';
import { type KeptFile, writeWork } from './write-work.ts';

export async function previewProject(
  workspace: Workspace,
  viewer: Viewer,
  file: ProjectFile,
): Promise<ProjectPreview | Refusal> {
  const refusal = refuse(viewer, 'project.create', wholeWorkspace) ?? refuseFaults(file);
  if (refusal) return refusal;
  const { known, unknown, keepsAuthors } = await matchPeople(workspace.db, viewer, file.people);
  const files = carriedFiles(file);
  return {
    name: file.project.name,
    key: file.project.key,
    counts: {
      toDos: file.toDos.length,
      comments: file.toDos.reduce((sum, { comments }) => sum + comments.length, 0),
      milestones: file.milestones.length,
      sprints: file.sprints.length,
      goals: file.goals.length,
      files: files.length,
    },
    filesWithoutContent: files.filter(({ file: { content } }) => content === null).length,
    known,
    unknown,
    keepsAuthors,
  };
}

/** The same creation key again answers with the project that it made the first time. */
export async function importProject(
  workspace: Workspace,
  viewer: Viewer,
  { creationKey, key, name, file }: ImportProjectRequest,
): Promise<ProjectImported | Refusal> {
  const refusal = refuse(viewer, 'project.create', wholeWorkspace) ?? refuseFaults(file);
  if (refusal) return refusal;
  const kept = await keepFiles(workspace, file);
  if (isRefusal(kept)) return kept;
  let isKept = false;
  try {
    const made = await wholeOrNothing(workspace, async (trx) => {
      const place = await claimPlace(workspace, trx, viewer, creationKey, key, {
        ...file.project,
        ...(name && { name }),
      });
      if (isRefusal(place) || !place.isNew) return place;
      const matched = await matchPeople(trx, viewer, file.people);
      await writeMembers(workspace, trx, viewer, place.id, file, matched);
      const plan = await writePlan(workspace, trx, place.id, file, matched);
      await writeWork(workspace, trx, { viewer, projectId: place.id }, file, matched, plan, kept);
      await markKept(
        trx,
        [...kept.values()].map(({ id }) => id),
      );
      await recordChange(workspace, trx, {
        projectId: place.id,
        actorId: viewer.id,
        kind: 'project.created',
        subjectId: place.id,
        data: { title: name ?? file.project.name, count: file.toDos.length },
      });
      return place;
    });
    if (isRefusal(made)) return made;
    isKept = made.isNew;
    return { key: made.key };
  } finally {
    if (!isKept) await workspace.files.removeAll([...kept.values()].map(({ id }) => id));
  }
}

function refuseFaults(file: ProjectFile): Refusal | undefined {
  const faults = checkProject(file);
  return faults.length > 0 ? invalid(faults) : undefined;
}

type Place = { readonly id: string; readonly key: string; readonly isNew: boolean };

/** Under the key of the file where that is free, and otherwise under one made of the name. */
async function claimPlace(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  creationKey: string,
  key: string | undefined,
  project: ProjectFile['project'],
): Promise<Place | Refusal> {
  const client =
    project.client === null
      ? undefined
      : await trx.selectFrom('clients').select('id').where('name', '=', project.client).executeTakeFirst();
  const isTaken = await trx.selectFrom('projects').select('id').where('key', '=', project.key).executeTakeFirst();
  const wanted = key ?? (isTaken ? undefined : project.key);
  const claimed = await claimProject(workspace, trx, viewer, {
    creationKey,
    name: project.name,
    description: project.description,
    // Open to the people of a company that is not here: open to nobody, rather than to everybody.
    visibility: project.visibility === 'clients' && !client ? 'restricted' : project.visibility,
    clientId: client?.id ?? null,
    ...(wanted && { key: wanted }),
  });
  if (isRefusal(claimed) || !claimed.isNew) return claimed;
  await trx
    .updateTable('projects')
    .set({ state: project.state, starts_on: project.startOn, ends_on: project.endOn })
    .where('id', '=', claimed.id)
    .execute();
  return claimed;
}

export async function writeMembers(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  projectId: string,
  { members }: ProjectFile,
  matched: Matched,
): Promise<void> {
  for (const { person, role } of members) {
    const personId = matched.person(person);
    if (personId === undefined || personId === viewer.id) continue;
    await trx
      .insertInto('project_members')
      .values({ project_id: projectId, person_id: personId, role, created_at: workspace.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** By the names of their places. Refused when they would not fit. */
async function keepFiles(workspace: Workspace, file: ProjectFile): Promise<Map<string, KeptFile> | Refusal> {
  const { fileBytesMax, projectBytesMax, removeAll } = workspace.files;
  const carried = carriedFiles(file)
    .map(({ place, file: each }) => ({ place, each }))
    .filter(({ each }) => each.content !== null);
  const tooLarge = carried.find(({ each }) => each.bytes > fileBytesMax);
  if (tooLarge)
    return invalid([
      {
        path: 'file',
        message: 'The file “{name}” is larger than files may be here.',
        values: { name: tooLarge.each.name },
      },
    ]);
  if (carried.reduce((sum, { each }) => sum + each.bytes, 0) > projectBytesMax)
    return invalid([{ path: 'file', message: 'Its files are together larger than those of a project may be here.' }]);
  const kept = new Map<string, KeptFile>();
  try {
    for (const { place, each } of carried) {
      const bytes = decodeContent({ ...each, content: each.content ?? '' });
      if (!bytes) continue;
      const id = workspace.newId();
      await keepContent(workspace, id, bytes, each.sha256);
      kept.set(place, { id, imageType: imageTypeOf(bytes.subarray(0, 16)) });
    }
  } catch (error) {
    await removeAll([...kept.values()].map(({ id }) => id));
    throw error;
  }
  return kept;
}
