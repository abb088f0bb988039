/** The tables of to-dos as the database keeps them. A due day is text `YYYY-MM-DD`; other times are milliseconds. */
import type { Reaction } from '../../wire/comment.ts';
import type { SafeImageType } from '../../wire/file.ts';
import type { TagTone } from '../../wire/tag.ts';
import type { Effort, HistoryField, Priority, ToDoType } from '../../wire/to-do.ts';

export type ToDoTables = {
  to_dos: {
    id: string;
    project_id: string;
    number: number;
    title: string;
    description: string;
    status_id: string;
    due_on: string | null;
    priority: Priority | null;
    /** Fractional index, unique in the project, compared byte by byte. */
    rank: string;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
    /** When it came to a status that counts as done; null while it is open. */
    completed_at: number | null;
    type: ToDoType;
    effort: Effort | null;
    milestone_id: string | null;
    sprint_id: string | null;
    parent_id: string | null;
    work_start_on: string | null;
    work_end_on: string | null;
    planned_hours: number | null;
    remaining_hours: number | null;
    /** The description with its form, as JSON; null when its plain text is all there is. */
    description_doc: string | null;
    /** When it went into the trash; null while it is in use. */
    deleted_at: number | null;
    deleted_by: string | null;
  };
  to_do_assignees: { to_do_id: string; person_id: string };
  to_do_history: {
    id: string;
    to_do_id: string;
    person_id: string;
    field: HistoryField;
    /** Raw values: ids for what has one, a JSON list of ids where there may be several, the value itself otherwise. */
    old_value: string | null;
    new_value: string | null;
    at: number;
    change_id: string | null;
    /** The version of the to-do that the change made. */
    version: number;
  };
  /** Of a column, tag, milestone or sprint that is gone. */
  former_names: { id: string; project_id: string; name: string };
  tags: { id: string; project_id: string; name: string; folded: string; tone: TagTone; created_at: number };
  to_do_tags: { to_do_id: string; tag_id: string };
  to_do_blockers: { to_do_id: string; blocked_by_id: string };
  watchers: { to_do_id: string; person_id: string; watching: 0 | 1 };
  comments: {
    id: string;
    to_do_id: string;
    /** The first comment of the thread; null for the first itself. */
    reply_to: string | null;
    author_id: string;
    /** The plain text. */
    body: string;
    /** The text with its form, as JSON; null when its plain text is all there is. */
    body_doc: string | null;
    creation_key: string;
    version: number;
    created_at: number;
    edited_at: number | null;
    removed_at: number | null;
    /** Null where it is not known. */
    removed_by: string | null;
  };
  comment_reactions: { comment_id: string; person_id: string; reaction: Reaction };
  files: {
    id: string;
    /** Also of those on a to-do, with which it changes. */
    project_id: string;
    /** Null for a file of the project itself. */
    to_do_id: string | null;
    name: string;
    bytes: number;
    sha256: string;
    image_type: SafeImageType | null;
    uploaded_by: string;
    creation_key: string;
    created_at: number;
    removed_at: number | null;
    /** Null where it is not known. */
    removed_by: string | null;
  };
  /** What is in the store of files, also before and after its row in `files`. */
  stored_files: {
    key: string;
    put_at: number;
    /** 1 once its row was written. */
    kept: 0 | 1;
    /** 1 once it is cleared away. */
    leaving: 0 | 1;
  };
  former_numbers: { project_id: string; number: number; to_do_id: string };
};
