/** How a project is doing, on one page: progress, what people say, what is late, what is planned, who is there, what happened. */
import '../styles/planning.css';
import '../styles/overview.css';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { shareOfGoal } from '../../../wire/goal.ts';
import type { OverviewAnswer } from '../../../wire/overview.ts';
import type { Project } from '../../../wire/project.ts';
import { sayCourse, statusTone } from '../goals/words.ts';
import { Avatar } from '../kit/avatar.tsx';
import { sayDate } from '../kit/day-words.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { sayDays, sayProgress } from '../milestones/words.ts';
import { ProjectFrame } from '../project/project-frame.tsx';
import { boardPath, goalsPath, milestonesPath, overviewPath } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { useSay } from '../words/say.ts';
import { ActivityList } from './activity-list.tsx';
import { Updates } from './updates.tsx';
import { useOverview } from './use-overview.ts';

export function OverviewPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const overview = useOverview(key);
  return (
    <ProjectFrame name={say('Overview')} reading={overview}>
      {(project) => overview.data && <Overview key={key} project={project} overview={overview.data} />}
    </ProjectFrame>
  );
}

function Overview({ project, overview }: { project: Project; overview: OverviewAnswer }) {
  const say = useSay();
  return (
    <div className="plan">
      <h2 className="visually-hidden">{say('Overview')}</h2>
      {project.description && <p className="overview-description">{project.description}</p>}
      <div className="overview">
        <div className="overview-column">
          <ProgressPart project={project} overview={overview} />
          <Updates project={project} updates={overview.updates} mayAdd={overview.may.addUpdate} />
          <LatePart project={project} overview={overview} />
          <Part name={say('What happened')}>
            <ActivityList projectKey={project.key} activity={overview.activity} />
          </Part>
        </div>
        <div className="overview-column">
          <MilestonesPart project={project} overview={overview} />
          <GoalsPart project={project} overview={overview} />
          <Part name={say('Team')}>
            <ul className="overview-team">
              {project.members.map(({ person, effectiveRoleName }) => (
                <li key={person.id}>
                  <Avatar person={person} />
                  {person.name}
                  <span className="fact-note">{say.marked(effectiveRoleName)}</span>
                </li>
              ))}
            </ul>
            {project.members.length === 0 && (
              <p className="fact-note">{say('Nobody was added to this project yet.')}</p>
            )}
          </Part>
        </div>
      </div>
    </div>
  );
}

export function Part({ name, children, more }: { name: string; children: ReactNode; more?: ReactNode }) {
  return (
    <section className="overview-part" aria-label={name}>
      <div className="overview-part-head">
        <h3>{name}</h3>
        {more}
      </div>
      {children}
    </section>
  );
}

type PartProps = { readonly project: Project; readonly overview: OverviewAnswer };

const radius = 34;
const round = 2 * Math.PI * radius;

function ProgressPart({ project, overview }: PartProps) {
  const say = useSay();
  const { toDos, done, share, endsOn } = overview.progress;
  const percent = Math.floor((share ?? 0) * 100);
  return (
    <Part name={say('Progress')}>
      {share === null ? (
        <p className="fact-note">
          {say('There are no to-dos yet.')}{' '}
          <Link className="overview-link" to={boardPath(project.key)}>
            {say('Write the first one')}
          </Link>
        </p>
      ) : (
        <div className="overview-progress">
          <svg viewBox="0 0 84 84" width="84" height="84" role="img" aria-label={say('{percent} % done', { percent })}>
            <circle className="ring" cx="42" cy="42" r={radius} />
            <circle
              className="ring-done"
              cx="42"
              cy="42"
              r={radius}
              strokeDasharray={`${(share * round).toFixed(2)} ${round.toFixed(2)}`}
              transform="rotate(-90 42 42)"
            />
            <text x="42" y="47" textAnchor="middle">
              {say('{percent} %', { percent })}
            </text>
          </svg>
          <div>
            <p>{say('{done} of {toDos, plural, one {# to-do} other {# to-dos}} done', { done, toDos })}</p>
            {endsOn ? (
              <p className="fact-note">
                {say('At the pace so far it would be done on {day}.', { day: sayDate(endsOn) })}
              </p>
            ) : (
              share < 1 && (
                <p className="fact-note">{say('From ten done to-dos on, the pace says when it would be done.')}</p>
              )
            )}
          </div>
        </div>
      )}
    </Part>
  );
}

function LatePart({ project, overview }: PartProps) {
  const say = useSay();
  const { count, cards } = overview.late;
  if (count === 0) return null;
  return (
    <Part name={say('{count, plural, one {# to-do is late} other {# to-dos are late}}', { count })}>
      <ul className="rows">
        {cards.map((card) => (
          <li key={card.number} className="row">
            <ToDoLink
              className="row-title"
              projectKey={project.key}
              number={card.number}
              over={overviewPath(project.key)}
            >
              {card.title}
            </ToDoLink>
            <span className="row-facts">{card.dueOn && <DueWords day={card.dueOn} />}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const milestonesShown = 6;

function MilestonesPart({ project, overview }: PartProps) {
  const say = useSay();
  const open = overview.milestones.filter(({ status }) => status !== 'done');
  const all = (
    <Link className="overview-link" to={milestonesPath(project.key)}>
      {say('All milestones')}
    </Link>
  );
  return (
    <Part name={say('Milestones')} more={all}>
      {open.length === 0 && <p className="fact-note">{say('None is under way.')}</p>}
      <ul className="overview-lines">
        {open.slice(0, milestonesShown).map((milestone) => (
          <li key={milestone.id}>
            <Link className="overview-name" to={`${milestonesPath(project.key)}?open=${milestone.id}`}>
              {milestone.title}
            </Link>
            <ProgressBar
              share={milestone.progress.share}
              tone={milestone.tone}
              label={say('Progress of {title}', { title: milestone.title })}
            />
            <span className="milestone-facts">
              <span>{sayDays(say, milestone)}</span>
              <span>{sayProgress(say, milestone.progress)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function GoalsPart({ project, overview }: PartProps) {
  const say = useSay();
  const all = (
    <Link className="overview-link" to={goalsPath(project.key)}>
      {say('All goals')}
    </Link>
  );
  return (
    <Part name={say('Goals')} more={all}>
      {overview.goals.length === 0 && <p className="fact-note">{say('None is set.')}</p>}
      <ul className="overview-lines">
        {overview.goals.map((goal) => (
          <li key={goal.id}>
            <span className="overview-name">{goal.title}</span>
            <ProgressBar
              share={shareOfGoal(goal)}
              tone={statusTone[goal.status]}
              label={say('Progress of {title}', { title: goal.title })}
            />
            <span className="fact-note">{sayCourse(say, goal)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
