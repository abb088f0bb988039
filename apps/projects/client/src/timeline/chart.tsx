/** The bars on their scale: names at the start, days along the top, today as a line. Only the rows in sight are drawn. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import { addDays } from '../../../wire/days.ts';
import type { TimelineAnswer } from '../../../wire/milestone.ts';
import type { Project } from '../../../wire/project.ts';
import { useToday } from '../kit/clock.ts';
import { sayMonth } from '../kit/day-words.ts';
import { firstWeekday } from '../kit/week.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { Bar } from './bar.tsx';
import { Dependencies } from './dependencies.tsx';
import { monthMarks, type Scale, scaleOf, smallMarks, xOf, type Zoom } from './geometry.ts';
import { conflictsOf, type Row, rowsOf, spanOf } from './rows.ts';
import { sayConflict } from './say-conflict.ts';
import { titleOf, useReschedule } from './use-reschedule.ts';
import { useWindow } from './use-window.ts';

const rowHeight = 44;
const headHeight = 52;

export type ViewProps = {
  readonly project: Project;
  readonly answer: TimelineAnswer;
  readonly withToDos: boolean;
  readonly onOpen: (row: Row) => void;
};

export function Chart({ project, answer, withToDos, onOpen, zoom }: ViewProps & { readonly zoom: Zoom }) {
  const say = useSay();
  const scroller = useRef<HTMLElement>(null);
  const today = useToday();
  const { milestones, toDos } = answer;
  const rows = useMemo(() => rowsOf(milestones, toDos, withToDos), [milestones, toDos, withToDos]);
  // The scale stays while a bar is dragged to where there was none before: it grows when the page is shown again.
  const scale = useStill(() =>
    scaleOf(
      rowsOf(milestones, toDos, true).flatMap((row) => spanOf(row) ?? []),
      today,
      zoom,
    ),
  );
  const { first, last } = useWindow(scroller, rowHeight, rows.length);
  const width = scale.days * scale.dayWidth;
  const todayX = xOf(scale, today) + scale.dayWidth / 2;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollLeft = todayX - element.clientWidth / 4;
  }, [todayX]);
  return (
    <section
      className="timeline"
      ref={scroller}
      aria-label={say('Timeline of {name}', { name: project.name })}
      tabIndex={-1}
    >
      <p id="timeline-keys" className="visually-hidden">
        {say('Arrow keys move it by a day, with Shift by a week. Enter keeps the new days, Escape the old ones.')}
      </p>
      <div className="timeline-canvas" style={{ blockSize: headHeight + rows.length * rowHeight }}>
        <ScaleHead scale={scale} zoom={zoom} width={width} />
        <div className="timeline-ground" />
        <div className="timeline-field" style={{ inlineSize: width, blockSize: rows.length * rowHeight }}>
          {monthMarks(scale).map(({ day, x }) => (
            <i key={day} className="timeline-month-line" style={{ insetInlineStart: x }} aria-hidden="true" />
          ))}
          <Dependencies {...{ rows, milestones, scale, rowHeight, first, last }} />
          <div className="timeline-today" style={{ insetInlineStart: todayX }}>
            <span>{say('Today')}</span>
          </div>
        </div>
        <ul className="timeline-rows">
          {rows.slice(first, last + 1).map((row, index) => (
            <ChartRow
              key={row.id}
              {...{ project, answer, row, scale, onOpen, today }}
              top={headHeight + (first + index) * rowHeight}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The value of the first time. */
function useStill<T>(make: () => T): T {
  const kept = useRef<T>(undefined);
  kept.current ??= make();
  return kept.current;
}

function ScaleHead({ scale, zoom, width }: { scale: Scale; zoom: Zoom; width: number }) {
  return (
    <div className="timeline-head" aria-hidden="true">
      <div className="timeline-corner" />
      <div className="timeline-scale" style={{ inlineSize: width }}>
        {monthMarks(scale).map(({ day, x, width: wide }, index) => (
          <span key={day} className="timeline-month" style={{ insetInlineStart: x, inlineSize: wide }}>
            <b>{sayMonth(day, index === 0 || day.endsWith('-01-01') || zoom !== 'month')}</b>
          </span>
        ))}
        {smallMarks(scale, zoom, firstWeekday()).map(({ day, x, width: wide }) => (
          <span key={day} className="timeline-mark" style={{ insetInlineStart: x, inlineSize: wide }}>
            {Number(day.slice(8))}
          </span>
        ))}
      </div>
    </div>
  );
}

type RowProps = Omit<ViewProps, 'withToDos'> & {
  readonly row: Row;
  readonly scale: Scale;
  readonly today: string;
  readonly top: number;
};

function ChartRow({ project, answer, row, scale, today, top, onOpen }: RowProps) {
  const say = useSay();
  const reschedule = useReschedule(project.key);
  if (row.kind === 'rest')
    return (
      <li className="timeline-row" style={{ insetBlockStart: top }}>
        <span className="timeline-name timeline-rest">{say('Without a milestone')}</span>
      </li>
    );
  const span = spanOf(row);
  const conflicts = row.kind === 'milestone' ? conflictsOf(row.milestone, answer.milestones) : [];
  const conflict = conflicts.length > 0 ? sayConflict(say, conflicts) : undefined;
  const mayEdit = row.kind === 'milestone' ? answer.may.edit : answer.mayEditToDo;
  const tone =
    row.kind === 'milestone'
      ? row.milestone.tone
      : (answer.milestones.find(({ id }) => id === row.toDo.milestoneId)?.tone ?? 'grey');
  const title = titleOf(row);
  return (
    <li className={`timeline-row timeline-row-${row.kind}`} style={{ insetBlockStart: top }}>
      <span className="timeline-name">
        <button type="button" className="timeline-title" onClick={() => onOpen(row)}>
          {row.kind === 'milestone' && <Tone status={{ tone }} />}
          <span className="timeline-title-words">
            {row.kind === 'to-do' ? `${project.key}-${row.toDo.number} ${title}` : title}
          </span>
        </button>
        {conflict && <span className="timeline-conflict">{conflict}</span>}
      </span>
      {span ? (
        <span className="timeline-lane">
          <Bar
            {...{ title, span, scale, tone, conflict, mayEdit }}
            kind={row.kind}
            share={row.kind === 'milestone' ? row.milestone.progress.share : null}
            isDone={row.kind === 'milestone' ? row.milestone.status === 'done' : row.toDo.done}
            onKeep={(kept) => reschedule(row, kept)}
            onOpen={() => onOpen(row)}
          />
        </span>
      ) : (
        mayEdit && (
          <span className="timeline-lane">
            <button
              type="button"
              className="button button-quiet timeline-plan"
              style={{ insetInlineStart: xOf(scale, today) }}
              onClick={() => reschedule(row, { startOn: today, endOn: addDays(today, 13) })}
            >
              {say('Plan for the next two weeks')}
              <span className="visually-hidden">: {title}</span>
            </button>
          </span>
        )
      )}
    </li>
  );
}
