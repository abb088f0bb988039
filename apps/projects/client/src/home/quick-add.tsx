/** One line to write down what came to mind: it becomes a to-do of one's own. */
import { type FormEvent, lazy, Suspense, startTransition, useState } from 'react';
import type { Day } from '../../../wire/days.ts';
import { useMe, useProject, useProjects } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { QuickLine } from '../to-do/quick-line.tsx';
import { useWriting } from '../to-do/use-writing.ts';
import { useSay } from '../words/say.ts';
import type { Place } from './quick-picks.tsx';

const QuickPicks = lazy(async () => ({ default: (await import('./quick-picks.tsx')).QuickPicks }));

export function QuickAdd() {
  const places = useProjects().filter(({ may }) => may.createToDo);
  const [key, setKey] = useState(places[0]?.key);
  if (key === undefined) return null;
  return <QuickAddForm projectKey={key} places={places} onPlace={setKey} />;
}

type FormProps = {
  readonly projectKey: string;
  readonly places: readonly Place[];
  readonly onPlace: (key: string) => void;
};

function QuickAddForm({ projectKey, places, onPlace }: FormProps) {
  const say = useSay();
  const { person } = useMe();
  const people = useProject(projectKey).data?.assignable ?? [];
  const { line, setLine, send } = useWriting(people);
  const [dueOn, setDueOn] = useState<Day | null>(null);
  const [hasBegun, setBegun] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    send(projectKey, { dueOn, assigneeIds: [person.id] });
  }

  return (
    <form className="quick-add" onSubmit={submit} onFocus={() => startTransition(() => setBegun(true))}>
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
        {hasBegun && (
          <Suspense fallback={null}>
            <QuickPicks dueOn={dueOn} onDueOn={setDueOn} places={places} projectKey={projectKey} onPlace={onPlace} />
          </Suspense>
        )}
        <button type="submit" className="button button-primary" disabled={line.trim() === ''}>
          {say('Add')}
        </button>
      </div>
    </form>
  );
}
