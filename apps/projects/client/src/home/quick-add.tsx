/** One line to write down what came to mind: it becomes a to-do of one's own. */
import { type FormEvent, useState } from 'react';
import type { Day } from '../../../wire/days.ts';
import { useMe, useProject, useProjects } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { DuePick } from '../to-do/due-pick.tsx';
import { QuickLine } from '../to-do/quick-line.tsx';
import { useWriting } from '../to-do/use-writing.ts';
import { useSay } from '../words/say.ts';

export function QuickAdd() {
  const places = useProjects().filter(({ may }) => may.createToDo);
  const [key, setKey] = useState(places[0]?.key);
  if (key === undefined) return null;
  return <QuickAddForm projectKey={key} places={places} onPlace={setKey} />;
}

type FormProps = {
  readonly projectKey: string;
  readonly places: readonly { readonly key: string; readonly name: string }[];
  readonly onPlace: (key: string) => void;
};

function QuickAddForm({ projectKey, places, onPlace }: FormProps) {
  const say = useSay();
  const { person } = useMe();
  const people = useProject(projectKey).data?.assignable ?? [];
  const { line, setLine, send } = useWriting(people);
  const [dueOn, setDueOn] = useState<Day | null>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    send(projectKey, { dueOn, assigneeIds: [person.id] });
  }

  return (
    <form className="quick-add" onSubmit={submit}>
      <Icon name="plus" />
      <QuickLine
        className="quick-input"
        label={say('New to-do for yourself')}
        placeholder={say('What needs doing?')}
        people={people}
        line={line}
        onLine={setLine}
      />
      <div className="quick-picks">
        <DuePick value={dueOn} onPick={setDueOn} />
        <Pick
          label={say('Project')}
          choices={places.map((place) => ({ id: place.key, name: place.name }))}
          value={projectKey}
          onPick={onPlace}
        >
          {places.find((place) => place.key === projectKey)?.name}
        </Pick>
        <button type="submit" className="button button-primary" disabled={line.trim() === ''}>
          {say('Add')}
        </button>
      </div>
    </form>
  );
}
