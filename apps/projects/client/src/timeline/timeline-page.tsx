/** When things are planned: the milestones of a project as bars on a scale of days, or on a narrow screen as a list. */
import '../styles/planning.css';
import '../styles/timeline.css';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { TimelineAnswer } from '../../../wire/milestone.ts';
import type { Project } from '../../../wire/project.ts';
import { Icon } from '../kit/icon.tsx';
import { useNarrow } from '../kit/use-narrow.ts';
import { MilestoneDialog } from '../milestones/milestone-dialog.tsx';
import { useTimeline } from '../milestones/use-milestones.ts';
import { ProjectFrame } from '../project/project-frame.tsx';
import { isHere, toDoPath } from '../shell/places.ts';
import { type Say, useSay } from '../words/say.ts';
import { Chart } from './chart.tsx';
import { type Zoom, zooms } from './geometry.ts';
import { PlanList } from './plan-list.tsx';
import type { Row } from './rows.ts';

export function TimelinePage() {
  const say = useSay();
  const { key = '' } = useParams();
  const timeline = useTimeline(key);
  return (
    <ProjectFrame name={say('Timeline')} reading={timeline}>
      {(project) => timeline.data && <Timeline key={key} project={project} answer={timeline.data} />}
    </ProjectFrame>
  );
}

function Timeline({ project, answer }: { project: Project; answer: TimelineAnswer }) {
  const say = useSay();
  const isNarrow = useNarrow();
  const navigate = useNavigate();
  const location = useLocation();
  // How one looks at it stands in the address: a link shows the same.
  const [search, setSearch] = useSearchParams();
  const zoom = zooms.find((each) => each === search.get('zoom')) ?? 'week';
  const withToDos = search.get('to-dos') === 'shown';
  const [making, setMaking] = useState(false);
  const opened = answer.milestones.find(({ id }) => id === search.get('open'));
  const change = (name: string, value: string | null) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const open = (row: Row): void => {
    if (row.kind === 'milestone') change('open', row.milestone.id);
    if (row.kind !== 'to-do') return;
    const path = toDoPath(project.key, row.toDo.number);
    if (!isHere(path)) void navigate(path, { state: { over: location.pathname + location.search } });
  };
  const view = { project, answer, withToDos, onOpen: open };
  return (
    <div className={isNarrow ? 'plan' : 'plan plan-whole'}>
      <div className="plan-head">
        <h2>{say('Timeline')}</h2>
        {!isNarrow && (
          <fieldset className="segments">
            <legend className="visually-hidden">{say('Scale')}</legend>
            {zooms.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name="zoom"
                  className="visually-hidden"
                  checked={each === zoom}
                  onChange={() => change('zoom', each)}
                />
                <span>{sayZoom(say, each)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <label className="switch">
          <input
            type="checkbox"
            checked={withToDos}
            onChange={(event) => change('to-dos', event.target.checked ? 'shown' : null)}
          />
          {say('Show to-dos')}
        </label>
        <span className="space" />
        {answer.may.edit && (
          <Button className="button button-quiet" onPress={() => setMaking(true)}>
            <Icon name="plus" /> {say('New milestone')}
          </Button>
        )}
      </div>
      {withToDos && answer.toDos.length === 0 && (
        <p className="fact-note">
          {say(
            'No to-do has work days yet. Open one and say when work on it starts and ends; it then stands here as a bar.',
          )}
        </p>
      )}
      {answer.milestones.length === 0 && answer.toDos.length === 0 ? (
        <div className="plan-empty">
          <p>{say('Nothing is planned yet. Make a milestone and give it its days; it then stands here as a bar.')}</p>
        </div>
      ) : isNarrow ? (
        <PlanList {...view} />
      ) : (
        <Chart key={zoom} {...view} zoom={zoom} />
      )}
      {answer.more && <p className="fact-note">{say('Only the first 2,000 to-dos with work days are shown.')}</p>}
      {making && (
        <MilestoneDialog
          project={project}
          milestones={answer.milestones}
          mayEdit={answer.may.edit}
          onClose={() => setMaking(false)}
        />
      )}
      {opened && (
        <MilestoneDialog
          key={opened.id}
          project={project}
          milestones={answer.milestones}
          milestone={opened}
          mayEdit={answer.may.edit}
          onClose={() => change('open', null)}
        />
      )}
    </div>
  );
}

function sayZoom(say: Say, zoom: Zoom): string {
  switch (zoom) {
    case 'day':
      return say('Days');
    case 'week':
      return say('Weeks');
    case 'month':
      return say('Months');
  }
}
