/** What people say about how the project is doing: green, yellow or red, and why. The latest first, all on demand. */
import { type FormEvent, useRef, useState } from 'react';
import { type Light, lights, type StatusUpdate, updateTextMax } from '../../../wire/overview.ts';
import type { Project } from '../../../wire/project.ts';
import { newCreationKey } from '../api/client.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { focusOnce, useFocusBack } from '../kit/focus.ts';
import { Problem } from '../kit/problem.tsx';
import { useSay } from '../words/say.ts';
import { LightSign, sayLight } from './light.tsx';
import { useAddUpdate, useAllUpdates } from './use-overview.ts';

type UpdatesProps = {
  readonly project: Project;
  readonly updates: readonly StatusUpdate[];
  readonly mayAdd: boolean;
};

/** So many come with the overview; when there are as many, there may be more. */
const shownFirst = 3;

export function Updates({ project, updates, mayAdd }: UpdatesProps) {
  const say = useSay();
  const today = useToday();
  const [writing, setWriting] = useState(false);
  const [whole, setWhole] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useFocusBack(writing, () => opener.current);
  const all = useAllUpdates(project.key, whole);
  const shown = (whole && all.data) || updates;
  return (
    <section className="overview-part" aria-label={say('How it is going')}>
      <div className="overview-part-head">
        <h3>{say('How it is going')}</h3>
        {mayAdd && !writing && (
          <button type="button" className="button button-quiet" ref={opener} onClick={() => setWriting(true)}>
            {say('Say how it is going')}
          </button>
        )}
      </div>
      {writing && <UpdateForm projectKey={project.key} onClose={() => setWriting(false)} />}
      {shown.length === 0 && !writing && <p className="fact-note">{say('Nobody has said anything yet.')}</p>}
      <ol className="updates">
        {shown.map((update) => (
          <li key={update.id}>
            <LightSign light={update.light} />
            <div>
              <p className="update-text">{update.text || sayLight(say, update.light)}</p>
              <p className="fact-note">
                {update.by.name}, <time dateTime={update.at}>{sayInstant(update.at, today)}</time>
              </p>
            </div>
          </li>
        ))}
      </ol>
      {!whole && updates.length >= shownFirst && (
        <button type="button" className="overview-link" onClick={() => setWhole(true)}>
          {say('Show all')}
        </button>
      )}
    </section>
  );
}

function UpdateForm({ projectKey, onClose }: { projectKey: string; onClose: () => void }) {
  const say = useSay();
  const add = useAddUpdate(projectKey);
  const [creationKey] = useState(newCreationKey);
  const [light, setLight] = useState<Light>('green');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    add.mutate({ creationKey, light, text }, { onSuccess: onClose });
  }

  return (
    <form className="form update-form" onSubmit={submit}>
      <fieldset className="field choices choices-row">
        <legend className="visually-hidden">{say('How it is going')}</legend>
        {lights.map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="light" checked={each === light} onChange={() => setLight(each)} />
            <LightSign light={each} />
            {sayLight(say, each)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        {say('In a few words')}
        <textarea name="text" className="input" rows={3} maxLength={updateTextMax} ref={focusOnce} />
      </label>
      <Problem error={add.error} />
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {say('Cancel')}
        </button>
        <ActButton type="submit" className="button button-primary" isPending={add.isPending}>
          {say('Say it')}
        </ActButton>
      </div>
    </form>
  );
}
