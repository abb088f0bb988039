/** Where a comment is written, answered or changed. What was begun is kept until it is sent. */
import { type FormEvent, type MouseEvent, useRef, useState } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import { plainText, type RichDoc } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { newCreationKey } from '../api/client.ts';
import { useAddComment } from '../api/comment-changes.ts';
import { useDraft } from '../api/drafts.ts';
import { LazyEditor } from '../rich/lazy-editor.tsx';
import { useSay } from '../words/say.ts';

const blank: RichDoc = { type: 'doc', content: [] };

type WriteProps = {
  readonly toDo: ToDo;
  readonly people: readonly PersonRef[];
  readonly replyTo?: string;
  readonly label?: string;
  readonly focus?: boolean;
  readonly onDone?: () => void;
};

export function Write({ toDo, people, replyTo, label, focus = false, onDone }: WriteProps) {
  const say = useSay();
  const add = useAddComment();
  const place = draftPlace(toDo, replyTo === undefined ? 'comment' : 'answer', replyTo);
  const draft = useDraft<RichDoc>(place);
  const [round, setRound] = useState(0);
  // One key a comment, so that one that is sent again after a lost answer is not there twice.
  const [creationKey, setCreationKey] = useState(newCreationKey);
  const { projectKey: key, number } = toDo;

  function send(body: RichDoc): void {
    // What is on its way is kept as such, and is no draft.
    draft.drop();
    const request = { creationKey, body, ...(replyTo === undefined ? {} : { replyTo }) };
    add.mutateAsync({ key, number, request }).then(
      () => {
        setCreationKey(newCreationKey());
        setRound((before) => before + 1);
        onDone?.();
      },
      () => draft.keep(body),
    );
  }

  return (
    <Composer
      // A fresh editor after each comment.
      key={round}
      label={label ?? say('New comment')}
      place={place}
      value={blank}
      people={people}
      action={replyTo === undefined ? say('Comment') : say('Answer')}
      focus={focus || round > 0}
      isBusy={add.isPending}
      {...(onDone ? { onCancel: onDone } : {})}
      onSend={send}
    />
  );
}

/** Where the words of a comment are kept that was begun. */
export function draftPlace({ projectKey, number }: ToDo, ...of: readonly (string | undefined)[]): string {
  return [`${projectKey}-${number}`, ...of].join(':');
}

type ComposerProps = {
  readonly label: string;
  readonly place: string;
  readonly value: RichDoc;
  readonly people: readonly PersonRef[];
  readonly action: string;
  readonly focus?: boolean;
  readonly isBusy: boolean;
  readonly onSend: (body: RichDoc) => void;
  readonly onCancel?: () => void;
};

export function Composer({
  label,
  place,
  value,
  people,
  action,
  focus = false,
  isBusy,
  onSend,
  onCancel,
}: ComposerProps) {
  const say = useSay();
  const draft = useDraft<RichDoc>(place);
  const [begun] = useState(() => draft.read());
  // The keys that send may come before what was typed last is drawn.
  const latest = useRef(begun);
  const [isEmpty, setEmpty] = useState(() => !begun || isBlank(begun));

  function write(written: RichDoc): void {
    latest.current = written;
    setEmpty(isBlank(written));
    if (isBlank(written)) draft.drop();
    else draft.keep(written);
  }

  function send(): void {
    const doc = latest.current;
    if (doc && !isBlank(doc) && !isBusy) onSend(doc);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    send();
  }

  return (
    <form className="composer" onSubmit={submit} aria-busy={isBusy}>
      <LazyEditor
        label={label}
        value={begun ?? value}
        people={people}
        placeholder={say('Write a comment. @ names somebody.')}
        focus={focus}
        isReadOnly={isBusy}
        onWrite={write}
        onSubmit={send}
      />
      {(!isEmpty || onCancel) && (
        <div className="form-actions">
          {onCancel && (
            <button
              type="button"
              className="button button-quiet"
              onMouseDown={keepFocus}
              onClick={() => {
                draft.drop();
                onCancel();
              }}
            >
              {say('Cancel')}
            </button>
          )}
          <button
            type="submit"
            className="button button-primary"
            disabled={isEmpty}
            aria-disabled={isBusy}
            onMouseDown={keepFocus}
          >
            {action}
          </button>
        </div>
      )}
    </form>
  );
}

/** Were the focus to go out of the text, or into it, the tools above it would go or come and the button would move away. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

function isBlank(doc: RichDoc): boolean {
  return plainText(doc).trim() === '';
}
