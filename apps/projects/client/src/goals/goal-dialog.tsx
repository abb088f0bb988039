/** Makes a goal, or changes one: what is measured, from where to where, until when, and what leads there. */
import { type FormEvent, useState } from 'react';
import { type Goal, type GoalUnit, goalUnits } from '../../../wire/goal.ts';
import type { Project } from '../../../wire/project.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { PersonPick } from '../kit/person-pick.tsx';
import { Pick, PickSeveral } from '../kit/pick.tsx';
import { useMilestones } from '../milestones/use-milestones.ts';
import { type Say, useSay } from '../words/say.ts';
import { useCreateGoal, useDeleteGoal, useEditGoal } from './use-goals.ts';

type DialogProps = {
  readonly project: Project;
  /** The one to change; none makes a new one. */
  readonly goal?: Goal | undefined;
  readonly onClose: () => void;
};

export function GoalDialog({ project, goal, onClose }: DialogProps) {
  const say = useSay();
  const create = useCreateGoal(project.key);
  const edit = useEditGoal(project.key);
  const remove = useDeleteGoal(project.key);
  const milestones = useMilestones(project.key).data?.milestones ?? [];
  const [creationKey] = useState(newCreationKey);
  const [unit, setUnit] = useState<GoalUnit>(goal?.unit ?? 'number');
  const [owner, setOwner] = useState(goal?.owner ?? null);
  const [milestoneIds, setMilestoneIds] = useState(goal?.milestones.map(({ id }) => id) ?? []);
  const [deleting, setDeleting] = useState(false);
  const problem = create.error ?? edit.error;
  const isPending = create.isPending || edit.isPending;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    if (isPending) return;
    const request = {
      title: text('title'),
      description: text('description'),
      metric: text('metric'),
      unit,
      currency: unit === 'currency' ? text('currency').toUpperCase() : null,
      startValue: Number(text('startValue')),
      targetValue: Number(text('targetValue')),
      startOn: text('startOn') || null,
      endOn: text('endOn') || null,
      ownerId: owner?.id ?? null,
      milestoneIds: [...milestoneIds],
    };
    const done = { onSuccess: onClose };
    if (goal) edit.mutate({ id: goal.id, request: { version: goal.version, ...request } }, done);
    else create.mutate({ creationKey, ...request }, done);
  }

  return (
    <Dialog title={goal ? say('Goal') : say('New goal')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label className="field">
          {say('Goal')} <span className="field-note">{say('what will be different')}</span>
          <input
            name="title"
            className="input"
            defaultValue={goal?.title}
            maxLength={250}
            required
            autoComplete="off"
            ref={goal ? undefined : focusOnce}
          />
        </label>
        <label className="field">
          {say('What is measured')} <span className="field-note">{say('such as “Visitors a week”')}</span>
          <input
            name="metric"
            className="input"
            defaultValue={goal?.metric}
            maxLength={100}
            required
            autoComplete="off"
          />
        </label>
        <div className="picks">
          <Pick
            label={say('Unit')}
            choices={goalUnits.map((id) => ({ id, name: sayUnit(say, id) }))}
            value={unit}
            onPick={setUnit}
          >
            {sayUnit(say, unit)}
          </Pick>
          <PersonPick label={say('Owner')} people={project.assignable} value={owner} onPick={setOwner} />
          {milestones.length > 0 && (
            <PickSeveral
              label={say('Milestones')}
              choices={milestones.map(({ id, title }) => ({ id, name: title }))}
              values={milestoneIds}
              onPick={setMilestoneIds}
            >
              {milestoneIds.length === 0 ? (
                <span className="pick-none">{say('No milestones')}</span>
              ) : (
                say('{count, plural, one {# milestone} other {# milestones}}', { count: milestoneIds.length })
              )}
            </PickSeveral>
          )}
        </div>
        <div className="field-pair">
          <label className="field">
            {say('Where it starts')}
            <input
              name="startValue"
              type="number"
              step="any"
              className="input"
              defaultValue={goal?.startValue}
              required
            />
          </label>
          <label className="field">
            {say('Target')} <span className="field-note">{say('higher or lower')}</span>
            <input
              name="targetValue"
              type="number"
              step="any"
              className="input"
              defaultValue={goal?.targetValue}
              required
            />
          </label>
        </div>
        {unit === 'currency' && (
          <label className="field">
            {say('Currency')} <span className="field-note">{say('three letters')}</span>
            <input
              name="currency"
              className="input input-key"
              defaultValue={goal?.currency ?? 'EUR'}
              pattern="[A-Za-z]{3}"
              maxLength={3}
              required
              autoComplete="off"
            />
          </label>
        )}
        <div className="field-pair">
          <label className="field">
            {say('First day')}
            <input name="startOn" type="date" className="input" defaultValue={goal?.startOn ?? ''} />
          </label>
          <label className="field">
            {say('Last day')}
            <input name="endOn" type="date" className="input" defaultValue={goal?.endOn ?? ''} />
          </label>
        </div>
        <label className="field">
          {say('Description')} <span className="field-note">{say('optional')}</span>
          <textarea name="description" className="input" rows={2} maxLength={20_000} defaultValue={goal?.description} />
        </label>
        {problem && (
          <p className="form-problem" role="alert">
            {sayProblem(problem)}
          </p>
        )}
        <div className="form-actions">
          {goal && (
            <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
              {say('Delete…')}
            </button>
          )}
          <span className="space" />
          <button type="button" className="button button-quiet" onClick={onClose}>
            {say('Cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={isPending}>
            {goal ? say('Save') : say('Make goal')}
          </button>
        </div>
      </form>
      {deleting && goal && (
        <Dialog title={say('Delete this goal?')} urgent onClose={() => setDeleting(false)}>
          <p className="dialog-text">
            {say('“{title}” and all its values will be gone for good.', { title: goal.title })}
          </p>
          <div className="form-actions">
            <button type="button" className="button button-quiet" onClick={() => setDeleting(false)}>
              {say('Keep it')}
            </button>
            <button
              type="button"
              className="button button-danger-full"
              onClick={() => remove.mutate({ id: goal.id, version: goal.version }, { onSuccess: onClose })}
              disabled={remove.isPending}
            >
              {say('Delete')}
            </button>
          </div>
        </Dialog>
      )}
    </Dialog>
  );
}

function sayUnit(say: Say, unit: GoalUnit): string {
  switch (unit) {
    case 'number':
      return say('A number');
    case 'percent':
      return say('Percent');
    case 'currency':
      return say('Money');
  }
}
