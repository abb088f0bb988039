/** What people say about a to-do: threads of one level, the oldest first, and a place to say something. */
import { useState } from 'react';
import type { Comment } from '../../../wire/comment.ts';
import type { PersonRef } from '../../../wire/me.ts';
import { plainText, type RichDoc } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { sayProblem } from '../api/client.ts';
import { useAddComment, useEditComment, useRemoveComment, useRestoreComment } from '../api/comment-changes.ts';
import { useComments } from '../api/to-do-queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { RichText } from '../kit/rich-text.tsx';
import { showDone } from '../kit/toast.tsx';
import { LazyEditor } from '../rich/lazy-editor.tsx';
import { useSay } from '../words/say.ts';
import { sayInstant } from './instants.ts';
import { Reactions } from './reactions.tsx';

type CommentsProps = { readonly toDo: ToDo; readonly people: readonly PersonRef[] };

export function Comments({ toDo, people }: CommentsProps) {
  const say = useSay();
  const { data, error } = useComments(toDo.projectKey, toDo.number);
  const threads = data?.comments.filter(({ replyTo }) => replyTo === null) ?? [];
  return (
    <section className="comments" aria-label={say('Comments')}>
      <h3 className="side-name">{say('Comments')}</h3>
      {error && (
        <p className="form-problem" role="alert">
          {sayProblem(error)}
        </p>
      )}
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
  const [answering, setAnswering] = useState(false);
  const one = (comment: Comment) => (
    <Single comment={comment} toDo={toDo} people={people} mayComment={mayComment} onAnswer={() => setAnswering(true)} />
  );
  return (
    <li className="thread">
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
                focus
                label={say('Answer to {name}', { name: first.by.name })}
                onDone={() => setAnswering(false)}
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
  readonly onAnswer: () => void;
};

function Single({ comment, toDo, people, mayComment, onAnswer }: SingleProps) {
  const say = useSay();
  const [editing, setEditing] = useState(false);
  const edit = useEditComment(toDo);
  const remove = useRemoveComment(toDo);
  const restore = useRestoreComment(toDo);
  const takeAway = () =>
    remove.mutate(comment, {
      onSuccess: () => showDone(say('Comment removed.'), { name: say('Undo'), run: () => restore.mutate(comment) }),
    });
  if (comment.body === null) return <p className="comment fact-note">{say('A comment was removed here.')}</p>;
  return (
    <article className="comment" aria-label={say('Comment of {name}', { name: comment.by.name })}>
      <header>
        <Avatar person={comment.by} />
        <b>{comment.by.name}</b>
        <time dateTime={comment.createdAt}>{sayInstant(comment.createdAt)}</time>
        {comment.editedAt && <span className="fact-note">{say('changed')}</span>}
      </header>
      {editing ? (
        <Composer
          label={say('Change the comment')}
          value={comment.body}
          people={people}
          action={say('Save')}
          isBusy={edit.isPending}
          onCancel={() => setEditing(false)}
          onSend={(body) => edit.mutate({ comment, body }, { onSuccess: () => setEditing(false) })}
        />
      ) : (
        <RichText doc={comment.body} />
      )}
      {!editing && (
        <footer>
          <Reactions comment={comment} toDo={toDo} mayReact={mayComment} />
          {mayComment && (
            <button type="button" className="text-button" onClick={onAnswer}>
              {say('Answer')}
            </button>
          )}
          {comment.may.edit && (
            <button type="button" className="text-button" onClick={() => setEditing(true)}>
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

const blank: RichDoc = { type: 'doc', content: [] };

type WriteProps = CommentsProps & {
  readonly replyTo?: string;
  readonly label?: string;
  readonly focus?: boolean;
  readonly onDone?: () => void;
};

function Write({ toDo, people, replyTo, label, focus = false, onDone }: WriteProps) {
  const say = useSay();
  const add = useAddComment(toDo);
  const [round, setRound] = useState(0);
  return (
    <Composer
      // A fresh editor after each comment.
      key={round}
      label={label ?? say('New comment')}
      value={blank}
      people={people}
      action={replyTo === undefined ? say('Comment') : say('Answer')}
      focus={focus || round > 0}
      isBusy={add.isPending}
      {...(onDone ? { onCancel: onDone } : {})}
      onSend={(body) =>
        add.mutate(replyTo === undefined ? { body } : { body, replyTo }, {
          onSuccess() {
            setRound((before) => before + 1);
            onDone?.();
          },
        })
      }
    />
  );
}

type ComposerProps = {
  readonly label: string;
  readonly value: RichDoc;
  readonly people: readonly PersonRef[];
  readonly action: string;
  readonly focus?: boolean;
  readonly isBusy: boolean;
  readonly onSend: (body: RichDoc) => void;
  readonly onCancel?: () => void;
};

function Composer({ label, value, people, action, focus = false, isBusy, onSend, onCancel }: ComposerProps) {
  const say = useSay();
  const [doc, setDoc] = useState<RichDoc>();
  const isEmpty = !doc || plainText(doc).trim() === '';
  const send = (written: RichDoc) => plainText(written).trim() !== '' && !isBusy && onSend(written);
  return (
    <div className="composer">
      <LazyEditor
        label={label}
        value={value}
        people={people}
        placeholder={say('Write a comment. @ names somebody.')}
        focus={focus}
        onWrite={setDoc}
        onSubmit={send}
      />
      {(!isEmpty || onCancel) && (
        <div className="form-actions">
          {onCancel && (
            <button type="button" className="button button-quiet" onClick={onCancel}>
              {say('Cancel')}
            </button>
          )}
          <button
            type="button"
            className="button button-primary"
            disabled={isEmpty || isBusy}
            // The focus stays in the text: were it to go, the tools above would go too and the button would move away.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => doc && send(doc)}
          >
            {action}
          </button>
        </div>
      )}
    </div>
  );
}
