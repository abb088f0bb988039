/** The title of a to-do in the table: it leads to the whole to-do, and the button beside it makes a field of it. */
import { useEffect, useRef, useState } from 'react';
import type { Card } from '../../../wire/to-do.ts';
import { useEditToDo } from '../api/changes.ts';
import { Icon } from '../kit/icon.tsx';
import { showRefused } from '../kit/toast.tsx';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { PartOf } from '../to-do/part-of.tsx';
import { RowMore } from '../to-do/row-more.tsx';
import { TextField } from '../to-do/text-field.tsx';
import { useSay } from '../words/say.ts';

type TitleCellProps = { readonly card: Card; readonly over: string; readonly mayEdit: boolean };

export function TitleCell({ card, over, mayEdit }: TitleCellProps) {
  const say = useSay();
  const edit = useEditToDo();
  const [isWriting, setWriting] = useState(false);
  const wasWriting = useRef(false);
  const link = useRef<HTMLAnchorElement>(null);
  const { projectKey: key, number } = card;
  // Until the server has answered, what was written.
  const title = (edit.isPending && edit.variables.request.title) || card.title;
  useEffect(() => {
    const isOver = wasWriting.current && !isWriting;
    wasWriting.current = isWriting;
    // Unless they went on to something else.
    if (isOver && document.activeElement === document.body) link.current?.focus();
  }, [isWriting]);

  function save(wanted: string, version: number): void {
    edit.mutate(
      { key, number, request: { version, title: wanted } },
      { onError: (error) => showRefused(error, wanted) },
    );
  }

  if (isWriting)
    return (
      <div ref={focusField}>
        <TextField
          label={say('Title')}
          value={title}
          version={card.version}
          lines="one"
          lengthMax={250}
          isReadOnly={false}
          onSave={save}
          onLeave={() => setWriting(false)}
        />
      </div>
    );
  return (
    <div className="title-cell">
      <ToDoLink ref={link} projectKey={key} number={number} over={over}>
        {title}
      </ToDoLink>
      {card.parentNumber !== null && (
        <span className="title-whole">
          <PartOf card={card} />
        </span>
      )}
      <span className="title-acts">
        {mayEdit && (
          <button
            type="button"
            className="icon-button"
            aria-label={say('Change the title of {id}', { id: `${key}-${number}` })}
            onClick={() => setWriting(true)}
          >
            <Icon name="pencil" />
          </button>
        )}
        <RowMore toDo={card} />
      </span>
    </div>
  );
}

function focusField(place: HTMLElement | null): void {
  place?.querySelector('textarea')?.select();
}
