/**
 * What somebody wrote in a change that waited, as text: so that it can be shown again, and copied, when the change was refused
 * and it stands nowhere else. Brought when it is needed, for the text of a document is not read on the first page.
 */

import type { AddCommentRequest } from '../../../wire/comment.ts';
import { asDoc, plainText, type RichDoc } from '../../../wire/rich-text.ts';
import type { AddPartsRequest, CreateToDoRequest, EditToDoRequest } from '../../../wire/to-do.ts';

type Kind = 'create' | 'edit' | 'parts' | 'comment' | 'move';
type Asked<Request> = { readonly request: Request };

/** Undefined where nothing was written: a move, another day. */
export function writtenIn(kind: Kind, variables: unknown): string | undefined {
  const text = linesOf(kind, variables).join('\n').trim();
  return text === '' ? undefined : text;
}

function linesOf(kind: Kind, variables: unknown): readonly string[] {
  switch (kind) {
    case 'create': {
      const { title, description } = (variables as Asked<CreateToDoRequest>).request;
      return [title, ...textOf(description)];
    }
    case 'edit': {
      const { title, description } = (variables as Asked<EditToDoRequest>).request;
      return [...(title === undefined ? [] : [title]), ...textOf(description)];
    }
    case 'parts':
      return (variables as Asked<AddPartsRequest>).request.titles.map((line) =>
        typeof line === 'string' ? line : line.title,
      );
    case 'comment':
      return textOf((variables as Asked<AddCommentRequest>).request.body);
    case 'move':
      return [];
  }
}

function textOf(text: string | RichDoc | undefined): string[] {
  return text === undefined ? [] : [plainText(asDoc(text))];
}
