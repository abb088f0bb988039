/** Texts that name people: under the names people have here, and as they pass from one workspace to another. */
import { mentionsIn, type RichDoc } from '../../wire/rich-text.ts';
import type { Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { newMentions } from './description.ts';
import { refuseStrangers } from './people.ts';

/** Who a mention leads to, and the name it says. */
export type Mentioned = { readonly id: string; readonly label: string };

/** A text as it may be kept, and whom it names that the text before it did not. */
export type NamedText = { readonly doc: RichDoc; readonly mentionedIds: readonly string[] };

/**
 * The text with everybody under the name they have, whatever the request called them. Refused where it newly names somebody
 * who cannot see the project.
 */
export async function nameMentioned(
  trx: Executor,
  project: SeenProject,
  before: RichDoc,
  after: RichDoc,
  path: string,
): Promise<NamedText | Refusal> {
  const mentionedIds = newMentions(before, after);
  const stranger = await refuseStrangers(trx, project, mentionedIds, path);
  if (stranger) return stranger;
  const ids = mentionsIn(after);
  if (ids.length === 0) return { doc: after, mentionedIds };
  const rows = await trx.selectFrom('people').select(['id', 'name as label']).where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { doc: renameMentions(after, ({ id }) => byId.get(id)), mentionedIds };
}

/** Each mention leads to whom `find` says, under that name; where that is nobody, the name stays as plain text. */
export function renameMentions(doc: RichDoc, find: (mentioned: Mentioned) => Mentioned | undefined): RichDoc {
  return visit(doc, find) as RichDoc;
}

function visit(node: unknown, find: (mentioned: Mentioned) => Mentioned | undefined): unknown {
  if (Array.isArray(node)) return node.map((each) => visit(each, find));
  if (typeof node !== 'object' || node === null) return node;
  if ('type' in node && node.type === 'mention' && 'attrs' in node) {
    const mentioned = node.attrs as Mentioned;
    const found = find(mentioned);
    return found ? { type: 'mention', attrs: found } : { type: 'text', text: `@${mentioned.label}` };
  }
  return 'content' in node ? { ...node, content: visit(node.content, find) } : node;
}

/** The text as somebody else's, when it cannot be under their own name. */
export function saidBy(name: string, doc: RichDoc): RichDoc {
  return { ...doc, content: [{ type: 'paragraph', content: [{ type: 'text', text: `${name}:` }] }, ...doc.content] };
}
