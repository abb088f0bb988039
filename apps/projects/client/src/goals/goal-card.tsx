/** One goal: what it is, how far it is, whose it is, and the milestones that lead there. */
import { useState } from 'react';
import { type Goal, shareOfGoal } from '../../../wire/goal.ts';
import type { Project } from '../../../wire/project.ts';
import { Avatar } from '../kit/avatar.tsx';
import { useToday } from '../kit/clock.ts';
import { sayDate } from '../kit/day-words.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { CheckInDialog } from './check-in-dialog.tsx';
import { GoalDialog } from './goal-dialog.tsx';
import { sayCourse, sayGoalStatus, statusTone } from './words.ts';

export function GoalCard({ project, goal, mayEdit }: { project: Project; goal: Goal; mayEdit: boolean }) {
  const say = useSay();
  const today = useToday();
  const [shown, setShown] = useState<'check-in' | 'edit'>();
  const { title, metric, status, owner, endOn, milestones } = goal;
  const share = shareOfGoal(goal);
  const isLate = share < 1 && endOn !== null && endOn < today;
  const close = () => setShown(undefined);
  return (
    <li className="goal">
      <div className="goal-head">
        <h3>{title}</h3>
        <span className="tag goal-status">
          <Tone status={{ tone: statusTone[status] }} />
          {sayGoalStatus(say, status)}
        </span>
      </div>
      <p className="goal-metric">{metric}</p>
      <ProgressBar share={share} label={say('Progress of {title}', { title })} tone={statusTone[status]} />
      <p className="goal-course">{sayCourse(say, goal)}</p>
      <p className="milestone-facts">
        {endOn && (
          <span className={isLate ? 'due-late' : ''}>
            {isLate ? say('Was due {day}', { day: sayDate(endOn) }) : say('Until {day}', { day: sayDate(endOn) })}
          </span>
        )}
        {owner && (
          <span className="goal-owner">
            <Avatar person={owner} /> {owner.name}
          </span>
        )}
      </p>
      {milestones.length > 0 && (
        <ul className="goal-milestones" aria-label={say('Milestones of {title}', { title })}>
          {milestones.map((milestone) => (
            <li key={milestone.id}>
              <span>{milestone.title}</span>
              <ProgressBar
                share={milestone.progress.share}
                label={say('Progress of {title}', { title: milestone.title })}
                tone="grey"
              />
            </li>
          ))}
        </ul>
      )}
      <div className="goal-actions">
        <button type="button" className="button button-quiet" onClick={() => setShown('check-in')}>
          {mayEdit ? say('Check in') : say('Values')}
          <span className="visually-hidden">: {title}</span>
        </button>
        {mayEdit && (
          <button type="button" className="button button-quiet" onClick={() => setShown('edit')}>
            {say('Change')}
            <span className="visually-hidden">: {title}</span>
          </button>
        )}
      </div>
      {shown === 'check-in' && <CheckInDialog projectKey={project.key} goal={goal} mayEdit={mayEdit} onClose={close} />}
      {shown === 'edit' && <GoalDialog project={project} goal={goal} onClose={close} />}
    </li>
  );
}
