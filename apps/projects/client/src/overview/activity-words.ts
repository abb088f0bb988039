/** What happened in a project, in sentences. */
import type { Activity, ActivityAct } from '../../../wire/overview.ts';
import { type ChangedField, fieldInWords } from '../to-do/field-words.ts';
import { languageOfPage, type Say } from '../words/say.ts';

/** Of several to-dos, the sentence that their names come after. */
export function sayActivity(say: Say, { by, acts, toDos, title }: Activity): string {
  const who = by?.name ?? say('Somebody');
  const values = { who, title: toDos[0]?.title ?? title ?? '' };
  const [act] = acts;
  if (!act) return say('{who} changed something', values);
  if (toDos.length > 1) return sayOfSeveral(say, act, { who, count: toDos.length });
  if (acts.length === 1) return sayOne(say, act, values, toDos.length === 1);
  return say('{who} worked on “{title}”: {acts}', { ...values, acts: list(acts.map((each) => sayShortly(say, each))) });
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat(languageOfPage()).format(items);
}

function sayFields(say: Say, fields: ActivityAct['fields']): string {
  const isSaid = (field: ActivityAct['fields'][number]): field is ChangedField => !unsaid.has(field);
  return list(fields.filter(isSaid).map((field) => fieldInWords(say, field)));
}

/** Acts of their own. */
const unsaid: ReadonlySet<string> = new Set(['created', 'status', 'trashed', 'restored']);

type Values = { readonly who: string; readonly title: string };

function sayOne(say: Say, { kind, fields, toStatus }: ActivityAct, values: Values, isOfToDo: boolean): string {
  switch (kind) {
    case 'toDo.created':
      return say('{who} made the to-do “{title}”', values);
    case 'toDo.moved':
      return toStatus
        ? say('{who} moved “{title}” to {status}', { ...values, status: toStatus })
        : say('{who} moved “{title}”', values);
    case 'toDo.changed':
      return fields.length > 0
        ? say('{who} changed “{title}”: {fields}', { ...values, fields: sayFields(say, fields) })
        : say('{who} changed “{title}”', values);
    case 'toDo.trashed':
    case 'toDo.purged':
      return say('{who} deleted “{title}”', values);
    case 'toDo.restored':
      return say('{who} brought “{title}” back', values);
    case 'comment.added':
      return say('{who} commented on “{title}”', values);
    case 'file.added':
      return !isOfToDo
        ? say('{who} added a file to the project', values)
        : say('{who} added a file to “{title}”', values);
    case 'milestone.created':
      return say('{who} made the milestone “{title}”', values);
    case 'milestone.changed':
      return say('{who} changed the milestone “{title}”', values);
    case 'milestone.removed':
      return say('{who} deleted the milestone “{title}”', values);
    case 'sprint.created':
      return say('{who} made the sprint “{title}”', values);
    case 'sprint.changed':
      return say('{who} changed the sprint “{title}”', values);
    case 'sprint.removed':
      return say('{who} deleted the sprint “{title}”', values);
    case 'goal.created':
      return say('{who} set the goal “{title}”', values);
    case 'goal.changed':
      return say('{who} changed the goal “{title}”', values);
    case 'goal.removed':
      return say('{who} deleted the goal “{title}”', values);
    case 'statusUpdate.added':
      return say('{who} said how the project is going', values);
    case 'view.saved':
      return say('{who} shared the view “{title}”', values);
    case 'member.set':
    case 'member.removed':
      return say('{who} changed who is in the project', values);
    case 'project.created':
      return say('{who} made the project', values);
    case 'project.imported':
      return say('{who} imported to-dos', values);
    default:
      return values.title
        ? say('{who} changed something about “{title}”', values)
        : say('{who} changed something', values);
  }
}

/** One of several things that were done to a to-do that is named already. */
function sayShortly(say: Say, { kind, fields, toStatus }: ActivityAct): string {
  switch (kind) {
    case 'toDo.created':
      return say('made it');
    case 'toDo.moved':
      return say('moved it to {status}', { status: toStatus ?? '' });
    case 'toDo.changed':
      return fields.length > 0 ? say('changed {fields}', { fields: sayFields(say, fields) }) : say('changed it');
    case 'toDo.trashed':
    case 'toDo.purged':
      return say('deleted it');
    case 'toDo.restored':
      return say('brought it back');
    case 'comment.added':
      return say('commented');
    case 'comment.changed':
      return say('changed a comment');
    case 'comment.removed':
      return say('removed a comment');
    case 'comment.reacted':
      return say('reacted to a comment');
    case 'file.added':
      return say('added a file');
    case 'file.removed':
      return say('removed a file');
    default:
      return say('changed something');
  }
}

function sayOfSeveral(
  say: Say,
  { kind, fields, toStatus }: ActivityAct,
  values: { readonly who: string; readonly count: number },
): string {
  switch (kind) {
    case 'toDo.created':
      return say('{who} made {count, plural, one {# to-do} other {# to-dos}}', values);
    case 'toDo.moved':
      return toStatus
        ? say('{who} moved {count, plural, one {# to-do} other {# to-dos}} to {status}', {
            ...values,
            status: toStatus,
          })
        : say('{who} moved {count, plural, one {# to-do} other {# to-dos}}', values);
    case 'toDo.changed':
      return fields.length > 0
        ? say('{who} changed {count, plural, one {# to-do} other {# to-dos}} ({fields})', {
            ...values,
            fields: sayFields(say, fields),
          })
        : say('{who} changed {count, plural, one {# to-do} other {# to-dos}}', values);
    case 'toDo.trashed':
    case 'toDo.purged':
      return say('{who} deleted {count, plural, one {# to-do} other {# to-dos}}', values);
    case 'toDo.restored':
      return say('{who} brought {count, plural, one {# to-do} other {# to-dos}} back', values);
    case 'comment.added':
      return say('{who} commented on {count, plural, one {# to-do} other {# to-dos}}', values);
    case 'file.added':
      return say('{who} added files to {count, plural, one {# to-do} other {# to-dos}}', values);
    default:
      return say('{who} changed something about {count, plural, one {# to-do} other {# to-dos}}', values);
  }
}
