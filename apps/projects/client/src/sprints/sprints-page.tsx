/** The plan by sprints: the open ones with what is in them, the backlog they are filled from, and at the end the closed ones. */
import '../styles/planning.css';
import '../styles/sprints.css';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useParams, useSearchParams } from 'react-router';
import { addDays } from '../../../wire/days.ts';
import type { Project } from '../../../wire/project.ts';
import type { SprintsAnswer } from '../../../wire/sprint.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { useSelected } from '../kit/use-selected.ts';
import { ProjectFrame } from '../project/project-frame.tsx';
import { hidesSubtasks, subtasksAs } from '../views/filter.ts';
import { HideSubtasks } from '../views/hide-subtasks.tsx';
import { numberOf } from '../views/selection.tsx';
import { useSay } from '../words/say.ts';
import { PlannedCards } from './planned-cards.tsx';
import { SprintDialog } from './sprint-dialog.tsx';
import { SprintPart } from './sprint-part.tsx';
import { usePlanToDos, useSprints } from './use-sprints.ts';

export function SprintsPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const sprints = useSprints(key);
  return (
    <ProjectFrame name={say('Sprints')} reading={sprints}>
      {(project) => sprints.data && <Plan key={key} project={project} answer={sprints.data} />}
    </ProjectFrame>
  );
}

const backlogPlace = 'backlog';

function Plan({ project, answer }: { project: Project; answer: SprintsAnswer }) {
  const say = useSay();
  const planToDos = usePlanToDos(project.key);
  const { ids: chosen, toggle, clear } = useSelected(numberOf);
  const [making, setMaking] = useState(false);
  // The server tells the latest first; one works on the earliest.
  const open = answer.sprints.filter(({ closedAt }) => closedAt === null).toReversed();
  const closed = answer.sprints.filter(({ closedAt }) => closedAt !== null);
  const lastEnd = answer.sprints
    .map(({ endOn }) => endOn)
    .sort()
    .at(-1);
  const places = [...open.map(({ id, name }) => ({ id, name })), { id: backlogPlace, name: say('Backlog') }];
  function moveTo(id: string): void {
    const place = places.find((each) => each.id === id);
    planToDos({ numbers: [...chosen], sprintId: id === backlogPlace ? null : id }, place?.name ?? '');
    clear();
  }
  const [query, setQuery] = useSearchParams();
  const hides = hidesSubtasks(query);
  const turn = (isOn: boolean): void => {
    const [name, value] = subtasksAs(isOn);
    setQuery(isOn ? { [name]: value } : {}, { replace: true });
  };
  const lists = {
    projectKey: project.key,
    chosen,
    onChoose: toggle,
    mayMove: project.may.editToDo,
    hidesSubtasks: hides,
  };
  return (
    <div className="plan">
      <div className="plan-head">
        <h2>{say('Sprints')}</h2>
        <span className="space" />
        {answer.may.edit && (
          <Button className="button button-quiet" onPress={() => setMaking(true)}>
            <Icon name="plus" /> {say('New sprint')}
          </Button>
        )}
        <HideSubtasks isOn={hides} onTurn={turn} />
      </div>
      {open.length === 0 && (
        <div className="plan-empty">
          <p>
            {say('A sprint is a stretch of days with a name. Make one, then tick to-dos below and move them into it.')}
          </p>
        </div>
      )}
      {open.map((sprint) => (
        <SprintPart key={sprint.id} sprint={sprint} mayEdit={answer.may.edit} open={open} lists={lists} />
      ))}
      <section className="plan-part" aria-labelledby="backlog-name">
        <div className="plan-head">
          <h3 id="backlog-name">{say('Backlog')}</h3>
          <span className="fact-note">
            {say('{count, plural, one {# open to-do} other {# open to-dos}} in no sprint', {
              count: answer.backlog.toDos,
            })}
          </span>
        </div>
        <PlannedCards
          {...lists}
          sprintId={null}
          count={answer.backlog.toDos}
          empty={say('Nothing waits here. Every open to-do is in a sprint.')}
        />
      </section>
      {closed.length > 0 && (
        <details className="plan-closed">
          <summary>
            {say('{count, plural, one {# closed sprint} other {# closed sprints}}', { count: closed.length })}
          </summary>
          {closed.map((sprint) => (
            <SprintPart key={sprint.id} sprint={sprint} mayEdit={answer.may.edit} open={open} lists={lists} />
          ))}
        </details>
      )}
      {chosen.size > 0 && (
        <section className="chosen" aria-label={say('What is chosen')}>
          <output>{say('{count, plural, one {# chosen} other {# chosen}}', { count: chosen.size })}</output>
          <Pick label={say('Move to')} choices={places} value="" onPick={moveTo}>
            {say('Move to…')}
          </Pick>
          <button type="button" className="button button-quiet" onClick={clear}>
            {say('Choose none')}
          </button>
        </section>
      )}
      {making && (
        <SprintDialog
          projectKey={project.key}
          nextOn={lastEnd && addDays(lastEnd, 1)}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}
