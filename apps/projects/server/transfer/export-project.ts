/**
 * A project as one file: everything that was in use at one moment, in an order that is always the same. What is in the trash,
 * was removed or is somebody's own (favourites, silence) stays out, and so does the history of each to-do. The contents of
 * files are read while the file goes out.
 */
import { type CarriedFile, type ProjectFile, projectFileFormat, projectFileVersion } from '../../wire/project-file.ts';
import type { RichDoc } from '../../wire/rich-text.ts';
import { atOneMoment } from '../api/one-moment.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { docOfComment } from '../comments/present.ts';
import { can, type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { docOf } from '../to-dos/description.ts';
import { renameMentions } from '../to-dos/mentions.ts';
import { carryContents, markOf } from './contents.ts';
import { type Parts, readParts, shownComments } from './project-parts.ts';
import { openReferences } from './references.ts';

export async function exportProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  withFiles: boolean,
): Promise<ReadableStream<Uint8Array>> {
  const parts = await atOneMoment(workspace, (trx) => readParts(trx, project.row.id));
  const { store } = workspace.files;
  // Later it cannot be refused any more, only broken off.
  if (withFiles && parts.files.length > 0) await store.check();
  const mark = workspace.newId();
  const contentOf = withFiles ? (id: string) => markOf(mark, id) : undefined;
  const file = await describeProject(workspace, viewer, project, parts, contentOf);
  const text = carryContents(JSON.stringify(file, null, 1), mark, store);
  return ReadableStream.from(text).pipeThrough(new TextEncoderStream());
}

/** The parts of a project as a file says them. `contentOf` a file, by its id; without it files are only named. */
export async function describeProject(
  workspace: Workspace,
  viewer: Viewer,
  { row, client }: SeenProject,
  parts: Parts,
  contentOf?: (fileId: string) => string,
): Promise<ProjectFile> {
  const people = openReferences('p');
  const statuses = openReferences('s');
  const milestones = openReferences('m');
  const sprints = openReferences('i');
  const comments = openReferences('c');
  const numberOf = new Map(parts.toDos.map(({ id, number }) => [id, number]));
  const at = (ms: number): string => new Date(ms).toISOString();
  const maybeAt = (ms: number | null): string | null => (ms === null ? null : at(ms));
  const made = (by: string, ms: number) => ({ by: people.of(by), at: at(ms) });
  const text = (doc: RichDoc): RichDoc => renameMentions(doc, ({ id, label }) => ({ id: people.of(id), label }));
  const filesAt = (place: string | null): CarriedFile[] =>
    (parts.filesOf.get(place) ?? []).map((file) => ({
      name: file.name,
      bytes: file.bytes,
      sha256: file.sha256,
      content: contentOf?.(file.id) ?? null,
      ...made(file.uploaded_by, file.created_at),
    }));
  const body: Omit<ProjectFile, 'people'> = {
    format: projectFileFormat,
    version: projectFileVersion,
    exportedAt: at(workspace.now()),
    project: {
      key: row.key,
      name: row.name,
      description: row.description,
      state: row.state,
      visibility: row.visibility,
      client: client?.name ?? null,
      startOn: row.starts_on,
      endOn: row.ends_on,
      nextNumber: row.next_number,
    },
    members: parts.members.map(({ person_id, role }) => ({ person: people.of(person_id), role })),
    statuses: parts.statuses.map((status) => ({
      ref: statuses.of(status.id),
      name: status.name,
      reportType: status.report_type,
      tone: status.tone,
      wipLimit: status.wip_limit,
      onBoard: status.on_board === 1,
    })),
    tags: parts.tags.map(({ name, tone }) => ({ name, tone })),
    milestones: parts.milestones.map((each) => ({
      ref: milestones.of(each.id),
      title: each.title,
      description: each.description,
      tone: each.tone,
      status: each.status,
      owner: people.maybe(each.owner_id),
      startOn: each.start_on,
      endOn: each.end_on,
      dependsOn: parts.dependencies.get(each.id)?.map(({ depends_on_id }) => milestones.of(depends_on_id)) ?? [],
      ...made(each.created_by, each.created_at),
    })),
    sprints: parts.sprints.map((each) => ({
      ref: sprints.of(each.id),
      name: each.name,
      aim: each.aim,
      startOn: each.start_on,
      endOn: each.end_on,
      closedAt: maybeAt(each.closed_at),
      ...made(each.created_by, each.created_at),
    })),
    goals: parts.goals.map((each) => ({
      title: each.title,
      description: each.description,
      metric: each.metric,
      unit: each.unit,
      currency: each.currency,
      startValue: each.start_value,
      currentValue: each.current_value,
      targetValue: each.target_value,
      status: each.status,
      owner: people.maybe(each.owner_id),
      startOn: each.start_on,
      endOn: each.end_on,
      milestones: parts.goalMilestones.get(each.id)?.map(({ milestone_id }) => milestones.of(milestone_id)) ?? [],
      values: (parts.goalValues.get(each.id) ?? []).map(({ value, status, note, person_id, at: ms }) => ({
        value,
        status,
        note,
        ...made(person_id, ms),
      })),
      ...made(each.created_by, each.created_at),
    })),
    statusUpdates: parts.updates.map(({ light, text: said, person_id, at: ms }) => ({
      light,
      text: said,
      ...made(person_id, ms),
    })),
    files: filesAt(null),
    toDos: parts.toDos.map((each) => ({
      number: each.number,
      title: each.title,
      description: text(docOf(each)),
      type: each.type,
      status: statuses.of(each.status_id),
      priority: each.priority,
      effort: each.effort,
      assignees: (parts.assignees.get(each.id) ?? []).map(({ person_id }) => people.of(person_id)),
      watchers: (parts.watchers.get(each.id) ?? []).map(({ person_id }) => people.of(person_id)),
      tags: (parts.toDoTags.get(each.id) ?? []).map(({ name }) => name),
      milestone: milestones.maybe(each.milestone_id),
      sprint: sprints.maybe(each.sprint_id),
      // What is in the trash is not in the file.
      parent: (each.parent_id && numberOf.get(each.parent_id)) || null,
      blockedBy: (parts.blockers.get(each.id) ?? [])
        .flatMap(({ blocked_by_id }) => numberOf.get(blocked_by_id) ?? [])
        .sort((a, b) => a - b),
      dueOn: each.due_on,
      workStartOn: each.work_start_on,
      workEndOn: each.work_end_on,
      plannedHours: each.planned_hours,
      remainingHours: each.remaining_hours,
      completedAt: maybeAt(each.completed_at),
      updatedAt: at(each.updated_at),
      comments: shownComments(parts.comments.get(each.id) ?? []).map((comment) => ({
        ref: comments.of(comment.id),
        replyTo: comments.maybe(comment.reply_to),
        body: comment.removed_at === null ? text(docOfComment(comment)) : null,
        editedAt: maybeAt(comment.edited_at),
        reactions: (parts.reactions.get(comment.id) ?? []).map(({ reaction, person_id }) => ({
          reaction,
          by: people.of(person_id),
        })),
        ...made(comment.author_id, comment.created_at),
      })),
      files: filesAt(each.id),
      ...made(each.created_by, each.created_at),
    })),
  };
  // Last: everybody has been named by now.
  return { ...body, people: await describePeople(workspace.db, viewer, people) };
}

async function describePeople(
  db: Executor,
  viewer: Viewer,
  references: ReturnType<typeof openReferences>,
): Promise<ProjectFile['people']> {
  const { ids } = references;
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('people').select(['id', 'name', 'email']).where('id', 'in', ids).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const showsMail = can(viewer, 'people.manage', wholeWorkspace);
  return ids.map((id) => {
    const row = known.get(id);
    return {
      ref: references.of(id),
      id,
      name: row?.name ?? 'Somebody who left',
      email: (showsMail && row?.email) || null,
    };
  });
}
