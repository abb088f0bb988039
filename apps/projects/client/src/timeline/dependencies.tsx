/** The lines from a milestone to those that wait for it; one that starts too early is drawn broken and in the colour of trouble. */
import type { Milestone } from '../../../wire/milestone.ts';
import { type Scale, widthOf, xOf } from './geometry.ts';
import { conflictsOf, type Row, spanOf } from './rows.ts';

type DependenciesProps = {
  readonly rows: readonly Row[];
  readonly milestones: readonly Milestone[];
  readonly scale: Scale;
  readonly rowHeight: number;
  /** The rows that are drawn; a line between two rows outside of them is left out. */
  readonly first: number;
  readonly last: number;
};

export function Dependencies({ rows, milestones, scale, rowHeight, first, last }: DependenciesProps) {
  const indexOf = new Map(rows.map((row, index) => [row.id, index]));
  const lines = milestones.flatMap((milestone) => {
    const conflicts = new Set(conflictsOf(milestone, milestones).map(({ id }) => id));
    return milestone.dependsOnIds.flatMap((id) => {
      const line = lineBetween(rows, indexOf.get(id), indexOf.get(milestone.id), { scale, rowHeight, first, last });
      return line ? [{ id: `${id} ${milestone.id}`, d: line, isConflict: conflicts.has(id) }] : [];
    });
  });
  return (
    <svg
      className="timeline-lines"
      width={scale.days * scale.dayWidth}
      height={rows.length * rowHeight}
      aria-hidden="true"
    >
      <defs>
        <marker id="line-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" />
        </marker>
        <marker
          id="line-end-conflict"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {lines.map(({ id, d, isConflict }) => (
        <path
          key={id}
          className={isConflict ? 'line line-conflict' : 'line'}
          d={d}
          markerEnd={isConflict ? 'url(#line-end-conflict)' : 'url(#line-end)'}
        />
      ))}
    </svg>
  );
}

type Drawn = Pick<DependenciesProps, 'scale' | 'rowHeight' | 'first' | 'last'>;

/** Out of the end of one, down or up, and into the start of the other; around when the other starts earlier. */
function lineBetween(
  rows: readonly Row[],
  from: number | undefined,
  to: number | undefined,
  { scale, rowHeight, first, last }: Drawn,
): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (Math.max(from, to) < first || Math.min(from, to) > last) return undefined;
  const [source, target] = [rows[from], rows[to]].map((row) => row && spanOf(row));
  if (!source || !target) return undefined;
  const startX = xOf(scale, source.startOn) + widthOf(scale, source);
  const endX = xOf(scale, target.startOn);
  const [startY, endY] = [(from + 0.5) * rowHeight, (to + 0.5) * rowHeight];
  const turn = startX + 10;
  if (endX - 10 >= turn) return `M${startX} ${startY}H${turn}V${endY}H${endX}`;
  const between = endY > startY ? endY - rowHeight / 2 : endY + rowHeight / 2;
  return `M${startX} ${startY}H${turn}V${between}H${endX - 12}V${endY}H${endX}`;
}
