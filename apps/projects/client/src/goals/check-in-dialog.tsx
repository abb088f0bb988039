/** Says where a goal stands now; below, every value it had. */
import { type FormEvent, useState } from 'react';
import { checkInNoteMax, type Goal, type GoalStatus, goalStatuses } from '../../../wire/goal.ts';
import { newCreationKey } from '../api/client.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { NumberField, numberIn } from '../kit/number-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { useCheckIn, useGoalValues } from './use-goals.ts';
import { sayCourse, sayGoalStatus, sayValue, statusTone } from './words.ts';

type CheckInProps = {
  readonly projectKey: string;
  readonly goal: Goal;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
};

export function CheckInDialog({ projectKey, goal, mayEdit, onClose }: CheckInProps) {
  const say = useSay();
  const today = useToday();
  const values = useGoalValues(projectKey, goal.id);
  return (
    <Dialog title={goal.title} onClose={onClose}>
      <p className="dialog-text">
        {goal.metric}: {sayCourse(say, goal)}
      </p>
      {mayEdit && <CheckInForm projectKey={projectKey} goal={goal} onClose={onClose} />}
      <section className="goal-values" aria-labelledby="goal-values">
        <h3 id="goal-values" className="side-name">
          {say('Values so far')}
        </h3>
        <Problem error={values.error} />
        <ol>
          {values.data?.map(({ value, status, note, by, at }) => (
            <li key={`${at} ${by.id}`}>
              <b>{sayValue(goal, value)}</b>
              <span className="goal-value-words">
                <Tone status={{ tone: statusTone[status] }} />
                {sayGoalStatus(say, status)}
                {note && <span className="goal-note">{note}</span>}
              </span>
              <span className="fact-note">
                {by.name}, <time dateTime={at}>{sayInstant(at, today)}</time>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </Dialog>
  );
}

function CheckInForm({ projectKey, goal, onClose }: Omit<CheckInProps, 'mayEdit'>) {
  const say = useSay();
  const checkIn = useCheckIn(projectKey);
  const [creationKey] = useState(newCreationKey);
  const [status, setStatus] = useState<GoalStatus>(goal.status);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = numberIn(form, 'value');
    const request = { creationKey, value, status, note: String(form.get('note') ?? '').trim() };
    const onSuccess = (): void => {
      onClose();
      showDone(say('{metric}: {value}', { metric: goal.metric, value: sayValue(goal, value) }));
    };
    checkIn.mutate({ id: goal.id, request }, { onSuccess });
  }

  return (
    <form className="form" onSubmit={submit}>
      <NumberField name="value" value={goal.currentValue} className="input input-value" inputRef={focusOnce}>
        {say('Value now')}
      </NumberField>
      <fieldset className="field choices choices-row">
        <legend>{say('How it looks')}</legend>
        {goalStatuses.map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="status" checked={each === status} onChange={() => setStatus(each)} />
            {sayGoalStatus(say, each)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        {say('Why')} <span className="field-note">{say('optional')}</span>
        <textarea name="note" className="input" rows={2} maxLength={checkInNoteMax} />
      </label>
      <Problem error={checkIn.error} />
      <div className="form-actions">
        <ActButton type="submit" className="button button-primary" isPending={checkIn.isPending}>
          {say('Write it down')}
        </ActButton>
      </div>
    </form>
  );
}
