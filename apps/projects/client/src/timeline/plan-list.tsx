/** The timeline for a narrow screen: the same plan as a list, in the order of days, with what contradicts itself in words. */
import { useToday } from '../kit/clock.ts';
import { sayRange } from '../kit/day-words.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { sayDays, sayStatus } from '../milestones/words.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import type { ViewProps } from './chart.tsx';
import { conflictsOf, rowsOf } from './rows.ts';
import { sayConflict } from './say-conflict.ts';

export function PlanList({ project, answer, withToDos, onOpen }: ViewProps) {
  const say = useSay();
  const today = useToday();
  const ordered = answer.milestones.toSorted((a, b) => (a.startOn ?? '9999').localeCompare(b.startOn ?? '9999'));
  return (
    <ul className="plan-list">
      {rowsOf(ordered, answer.toDos, withToDos).map((row) => {
        if (row.kind === 'rest')
          return (
            <li key={row.id} className="plan-line plan-rest">
              {say('Without a milestone')}
            </li>
          );
        if (row.kind === 'to-do')
          return (
            <li key={row.id} className="plan-line plan-to-do">
              <button type="button" className="plan-title" onClick={() => onOpen(row)}>
                {project.key}-{row.toDo.number} {row.toDo.title}
              </button>
              <span className="fact-note">{sayRange(row.toDo.workStartOn, row.toDo.workEndOn)}</span>
            </li>
          );
        const { milestone } = row;
        const conflicts = conflictsOf(milestone, answer.milestones);
        const isLate = milestone.status !== 'done' && milestone.endOn !== null && milestone.endOn < today;
        return (
          <li key={row.id} className="plan-line">
            <button type="button" className="plan-title" onClick={() => onOpen(row)}>
              <Tone status={{ tone: milestone.tone }} />
              {milestone.title}
            </button>
            <span className="milestone-facts">
              <span className={isLate ? 'due-late' : ''}>
                {isLate ? say('Late: {days}', { days: sayDays(say, milestone) }) : sayDays(say, milestone)}
              </span>
              <span>{sayStatus(say, milestone.status)}</span>
            </span>
            <ProgressBar
              share={milestone.progress.share}
              tone={milestone.tone}
              label={say('Progress of {title}', { title: milestone.title })}
            />
            {conflicts.length > 0 && <span className="timeline-conflict">{sayConflict(say, conflicts)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
