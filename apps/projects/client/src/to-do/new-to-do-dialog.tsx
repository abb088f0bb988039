/** Makes a to-do: one line is enough, everything else can come later. */

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { PersonRef } from '../../../wire/me.ts';
import { lineWithout } from '../../../wire/quick-add.ts';
import { foldTag, type Tag } from '../../../wire/tag.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { useTags } from '../api/to-do-queries.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { Pick } from '../kit/pick.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone, showRefused } from '../kit/toast.tsx';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { DuePick } from './due-pick.tsx';
import { type Place, QuickLine, tellUnread } from './quick-line.tsx';
import { TagsField } from './tags-field.tsx';
import { PeoplePick, PriorityPick, StatusPick } from './to-do-fields.tsx';
import { requestFor, useNewToDo } from './use-new-to-do.ts';
import { usePlace } from './use-place.ts';

export function NewToDoDialog({ projectKey, onClose }: { projectKey: string | undefined; onClose: () => void }) {
  const say = useSay();
  const { person, may } = useMe();
  const { places, key: usual, choose } = usePlace();
  const isFromHere = places.some((place) => place.key === projectKey);
  const [chosen, setChosen] = useState(isFromHere ? projectKey : usual);
  if (chosen === undefined)
    return (
      <Dialog title={say('New to-do')} onClose={onClose}>
        <p className="dialog-text">
          {may.createProject
            ? say(
                'A to-do lives in a project, and there is none yet where you may add one. Make a project first, or ask a manager to add you to theirs.',
              )
            : say(
                'A to-do lives in a project, and there is none where you may add one. Ask a manager to let you into theirs.',
              )}
        </p>
      </Dialog>
    );
  return (
    <Dialog title={say('New to-do')} onClose={onClose}>
      <NewToDoForm
        chosen={chosen}
        places={places}
        onPlace={(key) => {
          setChosen(key);
          choose(key);
        }}
        mine={isFromHere ? [] : [{ id: person.id, name: person.name }]}
        onClose={onClose}
      />
    </Dialog>
  );
}

type FormProps = {
  /** Where it goes if the line does not say. */
  readonly chosen: string;
  readonly places: readonly Place[];
  /** By hand, which the next one begins with. */
  readonly onPlace: (key: string) => void;
  /** Made in a project it is for nobody yet; made elsewhere, or where one may only read, it is for oneself. */
  readonly mine: readonly PersonRef[];
  readonly onClose: () => void;
};

function NewToDoForm({ chosen, places, onPlace, mine, onClose }: FormProps) {
  const say = useSay();
  const writing = useNewToDo(chosen, places, mine);
  const { projectKey, project, people, toDo, said, wasBegun, change, pick, write, forget, keep } = writing;
  const known = useTags(projectKey).data ?? [];
  const create = useCreateToDo();
  const navigate = useNavigate();
  const hasLeft = useRef(false);
  const [creationKey] = useState(newCreationKey);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (said.title === '') return;
    const over = window.location.pathname;
    if (!project) tellUnread(said);
    // What is on its way is kept as such, and is no draft.
    forget();
    create.mutateAsync({ key: projectKey, request: { creationKey, ...requestFor(toDo, said) } }).then(
      ({ card }) => {
        if (!hasLeft.current) {
          forget();
          onClose();
        }
        const open = () => void navigate(toDoPath(card.projectKey, card.number), { state: { over } });
        const name = `${card.projectKey}-${card.number}`;
        showDone(say('{toDo} made.', { toDo: name }), { name: say('Open it'), run: open });
      },
      (error: unknown) => {
        // Another one may have been begun meanwhile, and is not written over.
        if (hasLeft.current) showRefused(error, [toDo.line, toDo.description].filter(Boolean).join('\n'));
        else keep();
      },
    );
  }

  // Whoever closes the form while it is sent may have the next one open by the time of the answer.
  useEffect(() => {
    hasLeft.current = false;
    return () => {
      hasLeft.current = true;
    };
  }, []);

  // Without a network it waits in the queue, and nobody has to wait with it.
  useEffect(() => {
    if (!create.isPaused) return;
    hasLeft.current = true;
    onClose();
  }, [create.isPaused, onClose]);

  return (
    <form className="form" onSubmit={submit} aria-busy={create.isPending}>
      {wasBegun && <p className="fact-note">{say('You began this earlier. Cancel throws it away.')}</p>}
      <div className="field">
        <span aria-hidden="true">{say('Title')}</span>
        <QuickLine
          className="input"
          label={say('Title')}
          placeholder={say('What needs doing?')}
          people={people}
          places={places}
          projectKey={projectKey}
          line={toDo.line}
          onLine={write}
          isReadOnly={create.isPending}
          inputRef={focusOnce}
        />
      </div>
      <label className="field">
        {say('Description')} <span className="field-note">{say('optional')}</span>
        <textarea
          className="input"
          rows={4}
          maxLength={20_000}
          readOnly={create.isPending}
          value={toDo.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </label>
      <div className="picks" inert={create.isPending}>
        <Pick
          label={say('Project')}
          choices={places.map(({ key, name }) => ({ id: key, name }))}
          value={projectKey}
          onPick={(key) => {
            write(lineWithout(toDo.line, said, 'place'));
            onPlace(key);
          }}
        >
          {places.find(({ key }) => key === projectKey)?.name}
        </Pick>
        {project && (
          <StatusPick
            statuses={project.statuses}
            value={toDo.statusId ?? project.statuses[0]?.id ?? ''}
            onPick={(statusId) => pick({ statusId })}
          />
        )}
        <DuePick value={toDo.dueOn} onPick={(dueOn) => change({ dueOn })} />
        <PriorityPick value={toDo.priority} onPick={(priority) => change({ priority })} />
        {project && <PeoplePick project={project} value={toDo.assignees} onPick={(assignees) => pick({ assignees })} />}
      </div>
      <TagsField
        projectKey={projectKey}
        tags={toDo.tags.map((name) => known.find((tag) => foldTag(tag.name) === foldTag(name)) ?? freshTag(name))}
        isDisabled={create.isPending}
        onSave={(tags) => change({ tags })}
      />
      <Problem error={create.error} />
      <div className="form-actions">
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            forget();
            onClose();
          }}
        >
          {say('Cancel')}
        </button>
        <ActButton
          type="submit"
          className="button button-primary"
          disabled={said.title === ''}
          isPending={create.isPending}
        >
          {say('Make to-do')}
        </ActButton>
      </div>
    </form>
  );
}

/** One that the project does not have yet becomes one of its. */
function freshTag(name: string): Tag {
  return { id: name, name, tone: 'grey' };
}
