/** One line to write down what came to mind: it becomes a to-do of one's own. */
import { type FormEvent, useRef, useState } from 'react';
import type { Day } from '../../../wire/days.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { useMe, useProjects } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { showProblem } from '../kit/toast.tsx';
import { DuePick } from '../to-do/due-pick.tsx';

export function QuickAdd() {
  const { person } = useMe();
  const places = useProjects().filter(({ may }) => may.createToDo);
  const create = useCreateToDo();
  const [key, setKey] = useState(places[0]?.key);
  const [dueOn, setDueOn] = useState<Day | null>(null);
  const [title, setTitle] = useState('');
  const creationKey = useRef(newCreationKey());
  if (key === undefined) return null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const text = title.trim();
    if (text === '' || key === undefined || create.isPending) return;
    const request = { creationKey: creationKey.current, title: text, dueOn, assigneeIds: [person.id] };
    create
      .mutateAsync({ key, request })
      .then(() => {
        creationKey.current = newCreationKey();
        setTitle('');
      })
      .catch(showProblem);
  }

  return (
    <form className="quick-add" onSubmit={submit}>
      <Icon name="plus" />
      <input
        aria-label="New to-do for yourself"
        placeholder="What needs doing?"
        value={title}
        maxLength={250}
        autoComplete="off"
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="quick-picks">
        <DuePick value={dueOn} onPick={setDueOn} />
        <Pick
          label="Project"
          choices={places.map((place) => ({ id: place.key, name: place.name }))}
          value={key}
          onPick={setKey}
        >
          {places.find((place) => place.key === key)?.name}
        </Pick>
        <button type="submit" className="button button-primary" disabled={title.trim() === '' || create.isPending}>
          Add
        </button>
      </div>
    </form>
  );
}
