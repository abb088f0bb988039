/** What people say about a to-do: threads of one level, the oldest first, and a place to say something. */
import { useRef, useState } from 'react';
import { useLocation } from 'react-router';
import type { Comment } from '../../../wire/comment.ts';
import { commentHash } from '../../../wire/comment-hash.ts';
import type { PersonRef } from '../../../wire/me.ts';
import type { RichDoc } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { afterwards } from '../api/afterwards.ts';
import { useEditComment, useRemoveComment, useRestoreComment } from '../api/comment-changes.ts';
import { useDraft } from '../api/drafts.ts';
import { useComments } from '../api/to-do-queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { useFocusBack } from '../kit/focus.ts';
import { Problem } from '../kit/problem.tsx';
import { RichText } from '../kit/rich-text.tsx';
import { showDone } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { Composer, draftPlace, Write } from './composer.tsx';
import { Reactions } from './reactions.tsx';

type CommentsProps = { readonly toDo: ToDo; readonly people: readonly PersonRef[] };

export function Comments({ toDo, people }: CommentsProps) {
  const say = useSay();
  const { data, error } = useComments(toDo.projectKey, toDo.number);
  const threads = data?.comments.filter(({ replyTo }) => replyTo === null) ?? [];
  return (
    <section className="comments" aria-label={say('Comments')}>
      <h3 className="side-name">{say('Comments')}</h3>
      <Problem error={error} />
      {data && threads.length === 0 && !data.may.comment && (
        <p className="fact-note">{say('Nobody has said anything.')}</p>
      )}
      <ol>
        {threads.map((first) => (
          <Thread
            key={first.id}
            first={first}
            answers={data?.comments.filter(({ replyTo }) => replyTo === first.id) ?? []}
            toDo={toDo}
            people={people}
            mayComment={data?.may.comment ?? false}
          />
        ))}
      </ol>
      {data?.may.comment && <Write toDo={toDo} people={people} />}
    </section>
  );
}

type ThreadProps = CommentsProps & {
  readonly first: Comment;
  readonly answers: readonly Comment[];
  readonly mayComment: boolean;
};

function Thread({ first, answers, toDo, people, mayComment }: ThreadProps) {
  const say = useSay();
  const begun = useDraft<RichDoc>(draftPlace(toDo, 'answer', first.id));
  const [answering, setAnswering] = useState<'begun' | 'asked' | undefined>(() => begun.read() && 'begun');
  const thread = useRef<HTMLLIElement>(null);
  const asked = useRef<HTMLElement>(null);
  useFocusBack(
    answering !== undefined,
    () => asked.current ?? thread.current?.querySelector<HTMLElement>('.to-answer'),
  );
  const one = (comment: Comment) => (
    <Single
      comment={comment}
      toDo={toDo}
      people={people}
      mayComment={mayComment}
      onAnswer={(button) => {
        asked.current = button;
        setAnswering('asked');
      }}
    />
  );
  return (
    <li className="thread" ref={thread}>
      {one(first)}
      {(answers.length > 0 || answering) && (
        <ol className="answers">
          {answers.map((answer) => (
            <li key={answer.id}>{one(answer)}</li>
          ))}
          {answering && (
            <li>
              <Write
                toDo={toDo}
                people={people}
                replyTo={first.id}
                focus={answering === 'asked'}
                label={say('Answer to {name}', { name: first.by.name })}
                onDone={() => setAnswering(undefined)}
              />
            </li>
          )}
        </ol>
      )}
    </li>
  );
}

type SingleProps = CommentsProps & {
  readonly comment: Comment;
  readonly mayComment: boolean;
  readonly onAnswer: (button: HTMLElement) => void;
};

function Single({ comment, toDo, people, mayComment, onAnswer }: SingleProps) {
  const say = useSay();
  const today = useToday();
  const isAskedFor = useLocation().hash === commentHash(comment.id);
  const place = draftPlace(toDo, 'change', comment.id);
  const draft = useDraft<RichDoc>(place);
  const [editing, setEditing] = useState<'begun' | 'asked' | undefined>(() => draft.read() && 'begun');
  const toChange = useRef<HTMLButtonElement>(null);
  useFocusBack(editing !== undefined, () => toChange.current);
  const edit = useEditComment(toDo);
  const remove = useRemoveComment(toDo);
  const restore = useRestoreComment(toDo);
  const takeAway = () =>
    afterwards(remove.mutateAsync(comment), () =>
      showDone(say('Comment removed.'), { name: say('Undo'), run: () => restore.mutate(comment) }),
    );
  const change = (body: RichDoc) =>
    afterwards(edit.mutateAsync({ comment, body }), () => {
      draft.drop();
      setEditing(undefined);
    });
  if (comment.body === null) return <p className="comment fact-note">{say('A comment was removed here.')}</p>;
  return (
    <article
      className={isAskedFor ? 'comment comment-asked' : 'comment'}
      aria-label={say('Comment of {name}', { name: comment.by.name })}
      tabIndex={isAskedFor ? -1 : undefined}
      ref={isAskedFor ? showAsked : undefined}
    >
      <header>
        <Avatar person={comment.by} />
        <b>{comment.by.name}</b>
        <time dateTime={comment.createdAt}>{sayInstant(comment.createdAt, today)}</time>
        {comment.editedAt && <span className="fact-note">{say('changed')}</span>}
      </header>
      {editing ? (
        <Composer
          label={say('Change the comment')}
          place={place}
          value={comment.body}
          people={people}
          action={say('Save')}
          focus={editing === 'asked'}
          isBusy={edit.isPending}
          onCancel={() => setEditing(undefined)}
          onSend={change}
        />
      ) : (
        <RichText doc={comment.body} />
      )}
      {!editing && (
        <footer>
          <Reactions comment={comment} toDo={toDo} mayReact={mayComment} />
          {mayComment && (
            <button
              type="button"
              className="text-button to-answer"
              onClick={({ currentTarget }) => onAnswer(currentTarget)}
            >
              {say('Answer')}
            </button>
          )}
          {comment.may.edit && (
            <button type="button" className="text-button" ref={toChange} onClick={() => setEditing('asked')}>
              {say('Change')}
            </button>
          )}
          {comment.may.remove && (
            <button type="button" className="text-button" onClick={takeAway}>
              {say('Remove')}
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

/** The comment that the address names: in the middle of what is seen, at once, with the cursor on it. */
function showAsked(comment: HTMLElement | null): void {
  comment?.scrollIntoView({ block: 'center', behavior: 'instant' });
  comment?.focus({ preventScroll: true });
}
