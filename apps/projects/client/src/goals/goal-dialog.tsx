/** Makes a goal, or changes one: what is measured, from where to where, until when, and what leads there. */
import { useState } from 'react';
import { type CreateGoalRequest, type Goal, type GoalUnit, goalUnits } from '../../../wire/goal.ts';
import type { Project } from '../../../wire/project.ts';
import { afterwards } from '../api/afterwards.ts';
import { useMakeOrEdit } from '../api/make-or-edit.ts';
import { Confirmation } from '../kit/confirmation.tsx';
import { DayField } from '../kit/day-field.tsx';
import { focusOnce } from '../kit/focus.ts';
import { FormDialog, textIn } from '../kit/form-dialog.tsx';
import { NumberField, numberIn } from '../kit/number-field.tsx';
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
  const saving = useMakeOrEdit<CreateGoalRequest>(goal, useCreateGoal(project.key), useEditGoal(project.key));
  const remove = useDeleteGoal(project.key);
  const milestones = useMilestones(project.key).data?.milestones ?? [];
  const [unit, setUnit] = useState<GoalUnit>(goal?.unit ?? 'number');
  const [owner, setOwner] = useState(goal?.owner ?? null);
  const [milestoneIds, setMilestoneIds] = useState(goal?.milestones.map(({ id }) => id) ?? []);
  const [deleting, setDeleting] = useState(false);

  function submit(form: FormData): void {
    const said = {
      title: textIn(form, 'title'),
      description: textIn(form, 'description'),
      metric: textIn(form, 'metric'),
      unit,
      currency: unit === 'currency' ? textIn(form, 'currency').toUpperCase() : null,
      startValue: numberIn(form, 'startValue'),
      targetValue: numberIn(form, 'targetValue'),
      startOn: textIn(form, 'startOn') || null,
      endOn: textIn(form, 'endOn') || null,
      ownerId: owner?.id ?? null,
      milestoneIds: [...milestoneIds],
    };
    saving.save(said, onClose);
  }

  return (
    <FormDialog
      title={goal ? say('Goal') : say('New goal')}
      act={goal ? say('Save') : say('Make goal')}
      sending={saving}
      aside={
        goal && (
          <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
            {say('Delete…')}
          </button>
        )
      }
      over={
        deleting &&
        goal && (
          <Confirmation
            title={say('Delete this goal?')}
            act={say('Delete')}
            isPending={remove.isPending}
            onAct={() => afterwards(remove.mutateAsync({ id: goal.id, version: goal.version }), onClose)}
            onClose={() => setDeleting(false)}
          >
            {say('“{title}” and all its values will be gone for good.', { title: goal.title })}
          </Confirmation>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
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
        <PersonPick label={say('Owner')} project={project} value={owner} onPick={setOwner} />
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
        <NumberField name="startValue" value={goal?.startValue}>
          {say('Where it starts')}
        </NumberField>
        <NumberField name="targetValue" value={goal?.targetValue}>
          {say('Target')} <span className="field-note">{say('higher or lower')}</span>
        </NumberField>
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
        <DayField label={say('First day')} name="startOn" value={goal?.startOn ?? null} />
        <DayField label={say('Last day')} name="endOn" value={goal?.endOn ?? null} />
      </div>
      <label className="field">
        {say('Description')} <span className="field-note">{say('optional')}</span>
        <textarea name="description" className="input" rows={2} maxLength={20_000} defaultValue={goal?.description} />
      </label>
    </FormDialog>
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
