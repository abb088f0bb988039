/** The columns of a project's board: names, colours, what they count as, limits, order. Each change is saved at once. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Project, ReportType, Status, StatusTone } from '../../../wire/project.ts';
import { reportTypes, statusesMax, statusTones } from '../../../wire/project.ts';
import { afterwards } from '../api/afterwards.ts';
import { newCreationKey } from '../api/client.ts';
import { useChangeStatuses } from '../api/people.ts';
import { Confirmation } from '../kit/confirmation.tsx';
import { Pick } from '../kit/pick.tsx';
import { PickField } from '../kit/pick-field.tsx';
import { Tick } from '../kit/tick.tsx';
import { showDone } from '../kit/toast.tsx';
import { type Say, useSay } from '../words/say.ts';
import { NameField } from './name-field.tsx';

type Change = ReturnType<typeof useChangeStatuses>;

export function Columns({ project }: { project: Project }) {
  const say = useSay();
  const change = useChangeStatuses(project.key);
  const { statuses } = project;
  const mayChange = project.may.manageSettings;
  return (
    <section aria-labelledby="columns-heading">
      <h2 id="columns-heading">{say('Columns')}</h2>
      <p className="lead">
        {say('The first column takes new to-dos. What a column counts as decides what is open and what is done.')}
      </p>
      <ul className="people">
        {statuses.map((status, index) =>
          mayChange ? (
            <Column key={status.id} status={status} index={index} statuses={statuses} change={change} />
          ) : (
            <li key={status.id} className="column-setting">
              <span className={`tone tone-${status.tone}`} />
              <b>{status.name}</b>
              <span className="fact-note">{sayReportType(say, status.reportType)}</span>
            </li>
          ),
        )}
      </ul>
      {mayChange && statuses.length < statusesMax && (
        <Button
          className="button button-quiet"
          isDisabled={change.isPending}
          onPress={() => change.mutate({ what: 'create', request: newColumn(say, statuses) })}
        >
          {say('Add a column')}
        </Button>
      )}
    </section>
  );
}

function newColumn(say: Say, statuses: readonly Status[]) {
  const taken = new Set(statuses.map(({ name }) => name.toLowerCase()));
  const names = [say('New column'), ...statuses.map((_, index) => say('New column {number}', { number: index + 2 }))];
  const name = names.find((each) => !taken.has(each.toLowerCase())) ?? newCreationKey().slice(0, 8);
  const rest = { reportType: 'in_progress', tone: 'grey', wipLimit: null, onBoard: true } as const;
  return { creationKey: newCreationKey(), name, ...rest };
}

type ColumnProps = {
  readonly status: Status;
  readonly index: number;
  readonly statuses: readonly Status[];
  readonly change: Change;
};

function Column({ status, index, statuses, change }: ColumnProps) {
  const say = useSay();
  const [removing, setRemoving] = useState(false);
  const { id, name } = status;
  const edit = (request: Partial<Omit<Status, 'id'>>) => change.mutate({ what: 'edit', id, request });
  const moveTo = (to: number) => {
    const ids = statuses
      .map((each) => each.id)
      .toSpliced(index, 1)
      .toSpliced(to, 0, id);
    change.mutate({ what: 'order', statusIds: ids });
  };
  return (
    <li className="column-setting">
      <Pick
        label={say('Colour of {name}', { name })}
        choices={statusTones.map((tone) => ({
          id: tone,
          name: sayTone(say, tone),
          sign: <span className={`tone tone-${tone}`} />,
        }))}
        value={status.tone}
        onPick={(tone) => edit({ tone })}
      >
        <span className={`tone tone-${status.tone}`} />
      </Pick>
      <NameField
        key={name}
        label={say('Name of the column {name}', { name })}
        name={name}
        lengthMax={100}
        onRename={(next) => edit({ name: next })}
      />
      <span className="column-counts">
        <Pick
          label={say('{name} counts as', { name })}
          choices={reportTypes.map((type) => ({ id: type, name: sayReportType(say, type) }))}
          value={status.reportType}
          onPick={(reportType) => edit({ reportType })}
        >
          {sayReportType(say, status.reportType)}
        </Pick>
      </span>
      <LimitField
        key={`${id}-${status.wipLimit}`}
        label={say('At most, in {name}', { name })}
        limit={status.wipLimit}
        onLimit={(wipLimit) => edit({ wipLimit })}
      />
      <label className="column-shown">
        <Tick
          checked={status.onBoard}
          aria-label={say('{name} is on the board', { name })}
          onTick={(onBoard) => change.mutateAsync({ what: 'edit', id, request: { onBoard } })}
        />
        {say('on the board')}
      </label>
      <span className="column-moves">
        <Button
          className="icon-button"
          aria-label={say('Move {name} up', { name })}
          isDisabled={index === 0 || change.isPending}
          onPress={() => moveTo(index - 1)}
        >
          ↑
        </Button>
        <Button
          className="icon-button"
          aria-label={say('Move {name} down', { name })}
          isDisabled={index === statuses.length - 1 || change.isPending}
          onPress={() => moveTo(index + 1)}
        >
          ↓
        </Button>
        <Button
          className="icon-button"
          aria-label={say('Remove {name}…', { name })}
          isDisabled={statuses.length < 2}
          onPress={() => setRemoving(true)}
        >
          ✕
        </Button>
      </span>
      {removing && (
        <RemoveColumn status={status} statuses={statuses} change={change} onClose={() => setRemoving(false)} />
      )}
    </li>
  );
}

type LimitProps = {
  readonly label: string;
  readonly limit: number | null;
  readonly onLimit: (limit: number | null) => void;
};

function LimitField({ label, limit, onLimit }: LimitProps) {
  const say = useSay();
  const [text, setText] = useState(limit === null ? '' : String(limit));
  const save = () => {
    const next = text === '' ? null : Math.min(999, Math.max(1, Math.round(Number(text))));
    if (Number.isNaN(next)) setText(limit === null ? '' : String(limit));
    else if (next !== limit) onLimit(next);
  };
  return (
    <input
      className="input column-limit"
      type="number"
      min={1}
      max={999}
      aria-label={label}
      placeholder={say('no limit')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

function RemoveColumn({
  status,
  statuses,
  change,
  onClose,
}: Omit<ColumnProps, 'index'> & { readonly onClose: () => void }) {
  const say = useSay();
  const others = statuses.filter(({ id }) => id !== status.id);
  const [moveToId, setMoveToId] = useState(others[0]?.id ?? '');
  const { name } = status;
  const said = say('The column {name} is removed.', { name });
  const remove = () =>
    afterwards(change.mutateAsync({ what: 'remove', id: status.id, moveToId }), () => {
      onClose();
      showDone(said);
    });
  return (
    <Confirmation
      title={say('Remove the column {name}?', { name })}
      act={say('Remove')}
      isPending={change.isPending}
      onAct={remove}
      onClose={onClose}
    >
      <PickField
        label={say('Its to-dos go to')}
        choices={others.map((other) => ({ id: other.id, name: other.name }))}
        value={moveToId}
        onPick={setMoveToId}
      />
    </Confirmation>
  );
}

function sayReportType(say: Say, type: ReportType): string {
  const words: Readonly<Record<ReportType, string>> = {
    new: say('Counts as new'),
    in_progress: say('Counts as in progress'),
    done: say('Counts as done'),
    none: say('Is not counted'),
  };
  return words[type];
}

function sayTone(say: Say, tone: StatusTone): string {
  const words: Readonly<Record<StatusTone, string>> = {
    grey: say('Grey'),
    red: say('Red'),
    accent: say('Evergreen'),
    amber: say('Amber'),
    green: say('Green'),
  };
  return words[tone];
}
