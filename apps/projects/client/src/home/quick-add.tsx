/** One line to write down what came to mind: it becomes a to-do of one's own. */
import { type FormEvent, useState } from 'react';
import type { Day } from '../../../wire/days.ts';
import { useMe, useProjects } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { DuePick } from '../to-do/due-pick.tsx';
import { useWriting } from '../to-do/use-writing.ts';

export function QuickAdd() {
  const { person } = useMe();
  const places = useProjects().filter(({ may }) => may.createToDo);
  const { title, setTitle, send } = useWriting();
  const [key, setKey] = useState(places[0]?.key);
  const [dueOn, setDueOn] = useState<Day | null>(null);
  if (key === undefined) return null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (key !== undefined) send(key, { dueOn, assigneeIds: [person.id] });
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
        <button type="submit" className="button button-primary" disabled={title.trim() === ''}>
          Add
        </button>
      </div>
    </form>
  );
}
