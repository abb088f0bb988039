/** The open milestones of every project one sees, the soonest end first: what is to be reached next, and where. */
import { useToday } from '../kit/clock.ts';
import { Problem } from '../kit/problem.tsx';
import '../styles/planning.css';
import { Link } from 'react-router';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { milestonesPath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { useAllMilestones } from './use-milestones.ts';
import { sayDays, sayProgress, sayStatus } from './words.ts';

export function AllMilestonesPage() {
  const say = useSay();
  useTitle(say('Milestones'));
  const found = useAllMilestones();
  const today = useToday();
  return (
    <main className="page" id="content" aria-busy={!found.data}>
      <h1>{say('Milestones')}</h1>
      <p className="plan-intro">{say('What is to be reached next, in every project that you see.')}</p>
      <Problem error={found.error} />
      {found.data?.milestones.length === 0 && (
        <p className="plan-empty">{say('Nothing is open. Milestones are made in their project.')}</p>
      )}
      <ul className="milestones">
        {found.data?.milestones.map((milestone) => {
          const { id, title, tone, status, endOn, progress, projectKey, projectName } = milestone;
          const days = sayDays(say, milestone);
          const isLate = endOn !== null && endOn < today;
          return (
            <li key={id} className="milestone milestone-anywhere">
              <div className="milestone-words">
                <Link className="milestone-title" to={`${milestonesPath(projectKey)}?open=${id}`}>
                  <Tone status={{ tone }} />
                  {title}
                </Link>
                <p className="milestone-facts">
                  <span>{projectName}</span>
                  <span>{sayStatus(say, status)}</span>
                  <span className={isLate ? 'due-late' : ''}>{isLate ? say('Late: {days}', { days }) : days}</span>
                </p>
              </div>
              <div className="milestone-progress">
                <ProgressBar share={progress.share} label={say('Progress of {title}', { title })} tone={tone} />
                <span className="fact-note">{sayProgress(say, progress)}</span>
              </div>
            </li>
          );
        })}
      </ul>
      {found.data?.more && <p className="fact-note">{say('Only the first 500 are shown here.')}</p>}
    </main>
  );
}
