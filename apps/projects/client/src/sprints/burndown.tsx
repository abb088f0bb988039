/** What is left of a sprint, day by day, beside what would be left at an even pace: as a drawing, and as a table. */
import { useCallback, useState } from 'react';
import { type Day, daysBetween } from '../../../wire/days.ts';
import type { Sprint } from '../../../wire/sprint.ts';
import { useToday } from '../kit/clock.ts';
import { sayDate } from '../kit/day-words.ts';
import { Problem } from '../kit/problem.tsx';
import { useSay } from '../words/say.ts';
import { burndownDays } from './burndown-days.ts';
import { useBurndown } from './use-sprints.ts';

/** Until it is known how wide it is drawn. */
const usualWidth = 520;
const height = 180;
const left = 36;
const bottom = 26;
const top = 10;
/** The table of a longer sprint is folded at first. */
const daysShown = 15;

export function Burndown({ projectKey, sprint }: { projectKey: string; sprint: Sprint }) {
  const say = useSay();
  const today = useToday();
  const burndown = useBurndown(projectKey, sprint.id);
  const [unit, setUnit] = useState<'toDos' | 'effort'>('toDos');
  const { drawing, width } = useDrawnWidth();
  if (burndown.error) return <Problem error={burndown.error} />;
  if (!burndown.data) return <p className="fact-note burndown-none">{say('Loading…')}</p>;
  const days = burndownDays(burndown.data.points, sprint, today);
  const [begin] = days;
  if (!begin)
    return (
      <p className="fact-note burndown-none">
        {today < sprint.startOn
          ? say('The chart begins on the first day of the sprint.')
          : say('The chart begins with the first to-do in the sprint.')}
      </p>
    );
  const hasEffort = days.some(({ effort }) => effort > 0);
  const max = Math.max(1, ...days.map((day) => day[unit]));
  const length = Math.max(1, daysBetween(sprint.startOn, sprint.endOn));
  const x = (day: Day): number => left + (daysBetween(sprint.startOn, day) / length) * (width - left - 10);
  const y = (value: number): number => top + (1 - value / max) * (height - top - bottom);
  const first = begin[unit];
  const now = days.at(-1)?.[unit] ?? 0;
  const path = days.map((day, index) => `${index === 0 ? 'M' : 'L'}${x(day.day)} ${y(day[unit])}`).join('');
  return (
    <div className="burndown">
      <figure>
        {hasEffort && (
          <label className="switch">
            <input
              type="checkbox"
              checked={unit === 'effort'}
              onChange={(event) => setUnit(event.target.checked ? 'effort' : 'toDos')}
            />
            {say('Measure by effort')}
          </label>
        )}
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          ref={drawing}
          aria-label={say('Burndown: {first} on {day}, {now} now. The table has every day.', {
            ...{ first, now },
            day: sayDate(begin.day),
          })}
        >
          {[0, max].map((value) => (
            <g key={value}>
              <path className="burndown-axis" d={`M${left} ${y(value)}H${width - 10}`} />
              <text x={left - 8} y={y(value) + 4} textAnchor="end">
                {value}
              </text>
            </g>
          ))}
          <text x={left} y={height - 6}>
            {sayDate(sprint.startOn)}
          </text>
          <text x={width - 10} y={height - 6} textAnchor="end">
            {sayDate(sprint.endOn)}
          </text>
          <path className="burndown-even" d={`M${x(begin.day)} ${y(first)}L${x(sprint.endOn)} ${y(0)}`} />
          <path className="burndown-real" d={path} />
          {days.map((day) => (
            <circle key={day.day} className="burndown-dot" cx={x(day.day)} cy={y(day[unit])} r="3" />
          ))}
        </svg>
        <figcaption className="fact-note">
          {say('The line is what was left at the end of each day; the broken one an even pace.')}
        </figcaption>
      </figure>
      <details className="burndown-table" open={days.length <= daysShown}>
        <summary>{say('Every day')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('Day')}</th>
              <th scope="col">{say('To-dos')}</th>
              <th scope="col">{say('Effort')}</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, toDos, effort }) => (
              <tr key={day}>
                <th scope="row">{sayDate(day)}</th>
                <td>{toDos}</td>
                <td>{effort}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

/** A drawing in pixels of the page, so that its words are as large as all others however narrow it is. */
function useDrawnWidth() {
  const [width, setWidth] = useState(usualWidth);
  const drawing = useCallback((element: SVGSVGElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setWidth(Math.round(element.getBoundingClientRect().width) || usualWidth),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { drawing, width };
}
