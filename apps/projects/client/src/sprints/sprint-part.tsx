/** One sprint on the plan: its days, how far it is, its to-dos, its chart, and what can be done to it. */
import { type ComponentProps, useState } from 'react';
import { type Day, daysBetween } from '../../../wire/days.ts';
import type { Sprint } from '../../../wire/sprint.ts';
import { useToday } from '../kit/clock.ts';
import { sayRange } from '../kit/day-words.ts';
import { sayNumber } from '../kit/number-words.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { type Say, useSay } from '../words/say.ts';
import { Burndown } from './burndown.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { PlannedCards } from './planned-cards.tsx';
import { SprintDialog } from './sprint-dialog.tsx';
import { useSprintAct } from './use-sprints.ts';

type PartProps = {
  readonly sprint: Sprint;
  readonly mayEdit: boolean;
  readonly open: readonly Sprint[];
  readonly lists: Omit<ComponentProps<typeof PlannedCards>, 'sprintId' | 'count' | 'empty'>;
};

export function SprintPart({ sprint, mayEdit, open, lists }: PartProps) {
  const say = useSay();
  const { projectKey } = lists;
  const today = useToday();
  const act = useSprintAct(projectKey);
  const [shown, setShown] = useState<'edit' | 'close'>();
  const [chart, setChart] = useState(false);
  const { id, name, aim, startOn, endOn, closedAt, totals } = sprint;
  return (
    <section className="plan-part" aria-labelledby={`sprint-${id}`}>
      <div className="plan-head">
        <h3 id={`sprint-${id}`}>{name}</h3>
        <span className="tag">{sayPhase(say, sprint, today)}</span>
        <span className="fact-note">{sayRange(startOn, endOn)}</span>
        <div className="plan-tools">
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={chart}
            onClick={() => setChart((isShown) => !isShown)}
          >
            {say('Burndown')}
            <span className="visually-hidden">: {name}</span>
          </button>
          {mayEdit && (
            <button type="button" className="button button-quiet" onClick={() => setShown('edit')}>
              {say('Change')}
              <span className="visually-hidden">: {name}</span>
            </button>
          )}
          {mayEdit &&
            (closedAt === null ? (
              <button type="button" className="button button-quiet" onClick={() => setShown('close')}>
                {say('Close…')}
                <span className="visually-hidden">: {name}</span>
              </button>
            ) : (
              <button
                type="button"
                className="button button-quiet"
                onClick={() => act.mutate({ id, act: 'reopen', version: sprint.version })}
              >
                {say('Open again')}
                <span className="visually-hidden">: {name}</span>
              </button>
            ))}
        </div>
      </div>
      {aim && <p className="plan-aim">{aim}</p>}
      {totals.toDos > 0 && (
        <div className="sprint-progress">
          <ProgressBar share={totals.done / totals.toDos} label={say('Progress of {title}', { title: name })} />
          <span className="fact-note">
            {totals.effort > 0
              ? say('{done} of {toDos, plural, one {# to-do} other {# to-dos}}, {effortDone} of {effort} effort done', {
                  done: totals.done,
                  toDos: totals.toDos,
                  effortDone: sayNumber(totals.effortDone),
                  effort: sayNumber(totals.effort),
                })
              : say('{done} of {toDos, plural, one {# to-do} other {# to-dos}} done', {
                  done: totals.done,
                  toDos: totals.toDos,
                })}
          </span>
        </div>
      )}
      {chart && <Burndown projectKey={projectKey} sprint={sprint} />}
      <PlannedCards
        {...lists}
        sprintId={id}
        count={totals.toDos}
        empty={say('Nothing in it yet. Tick to-dos in the backlog and move them here.')}
      />
      {shown === 'edit' && <SprintDialog projectKey={projectKey} sprint={sprint} onClose={() => setShown(undefined)} />}
      {shown === 'close' && (
        <CloseDialog
          projectKey={projectKey}
          sprint={sprint}
          others={open.filter((other) => other.id !== id)}
          onClose={() => setShown(undefined)}
        />
      )}
    </section>
  );
}

function sayPhase(say: Say, { startOn, endOn, closedAt }: Sprint, today: Day): string {
  if (closedAt !== null) return say('Closed');
  if (today < startOn) return say('Planned');
  if (today > endOn) return say('Over, still open');
  const days = daysBetween(today, endOn) + 1;
  return say('{days, plural, one {Current, last day} other {Current, # days left}}', { days });
}
