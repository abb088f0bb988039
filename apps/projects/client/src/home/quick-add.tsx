/** One line to write down what came to mind: it becomes a to-do of one's own. */
import { type FormEvent, Suspense, startTransition, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Day } from '../../../wire/days.ts';
import { lineWithout, placeIn } from '../../../wire/quick-add.ts';
import type { Card } from '../../../wire/to-do.ts';
import { useMe, useProject } from '../api/queries.ts';
import { useToday } from '../kit/clock.ts';
import { Icon } from '../kit/icon.tsx';
import { lazy } from '../kit/lazy.ts';
import { showDone } from '../kit/toast.tsx';
import { homePath, toDoPath } from '../shell/places.ts';
import { type Place, QuickLine, readLine, tellUnread } from '../to-do/quick-line.tsx';
import { usePlace } from '../to-do/use-place.ts';
import { useWriting } from '../to-do/use-writing.ts';
import { useSay } from '../words/say.ts';

const QuickPicks = lazy(async () => ({ default: (await import('./quick-picks.tsx')).QuickPicks }));

export function QuickAdd() {
  const { places, key, choose } = usePlace();
  if (key === undefined) return null;
  return <QuickAddForm placeKey={key} places={places} onPlace={choose} />;
}

type FormProps = {
  readonly placeKey: string;
  readonly places: readonly Place[];
  readonly onPlace: (key: string) => void;
};

function QuickAddForm({ placeKey, places, onPlace }: FormProps) {
  const say = useSay();
  const { person } = useMe();
  const navigate = useNavigate();
  const { line, setLine, send } = useWriting();
  const projectKey = placeIn(line, places) ?? placeKey;
  const project = useProject(projectKey).data;
  const people = project?.assignable ?? [];
  const said = readLine(line, useToday(), people, places);
  const [dueOn, setDueOn] = useState<Day | null>(null);
  const [hasBegun, setBegun] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!project) tellUnread(said);
    send({ key: projectKey, said, defaults: { dueOn, assigneeIds: [person.id] }, onMade: sayMade });
  }

  function sayMade({ projectKey: key, number }: Card): void {
    const open = () => void navigate(toDoPath(key, number), { state: { over: homePath } });
    showDone(say('{toDo} made.', { toDo: `${key}-${number}` }), { name: say('Open it'), run: open }, 'made');
  }

  /** What is picked by hand is what counts: the line says nothing else then. */
  function pickDue(day: Day | null): void {
    setLine(lineWithout(line, said, 'due'));
    setDueOn(day);
  }

  function pickPlace(key: string): void {
    setLine(lineWithout(line, said, 'place'));
    onPlace(key);
  }

  return (
    <form className="quick-add" onSubmit={submit} onFocus={() => startTransition(() => setBegun(true))}>
      <Icon name="plus" />
      <QuickLine
        className="quick-input"
        label={say('New to-do for yourself')}
        placeholder={say('What needs doing?')}
        people={people}
        places={places}
        projectKey={projectKey}
        line={line}
        onLine={setLine}
      />
      <div className="quick-picks">
        {hasBegun && (
          <Suspense fallback={null}>
            <QuickPicks
              dueOn={said.dueOn ?? dueOn}
              onDueOn={pickDue}
              places={places}
              projectKey={projectKey}
              onPlace={pickPlace}
            />
          </Suspense>
        )}
        <button type="submit" className="button button-primary" disabled={line.trim() === ''}>
          {say('Add')}
        </button>
      </div>
    </form>
  );
}
