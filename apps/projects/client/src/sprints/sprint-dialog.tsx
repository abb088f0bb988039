/** Makes a sprint, or changes one: its name, what it is for, from when to when. */
import { addDays, dayOf, nextMonday } from '../../../wire/days.ts';
import type { CreateSprintRequest, Sprint } from '../../../wire/sprint.ts';
import { afterwards } from '../api/afterwards.ts';
import { useMakeOrEdit } from '../api/make-or-edit.ts';
import { ActButton } from '../kit/act-button.tsx';
import { DayField } from '../kit/day-field.tsx';
import { focusOnce } from '../kit/focus.ts';
import { FormDialog, textIn } from '../kit/form-dialog.tsx';
import { useSay } from '../words/say.ts';
import { useCreateSprint, useEditSprint, useSprintAct } from './use-sprints.ts';

type DialogProps = {
  readonly projectKey: string;
  /** The one to change; none makes a new one. */
  readonly sprint?: Sprint | undefined;
  /** The day after the last sprint, when there is one. */
  readonly nextOn?: string | undefined;
  readonly onClose: () => void;
};

const daysUsual = 13;

export function SprintDialog({ projectKey, sprint, nextOn, onClose }: DialogProps) {
  const say = useSay();
  const saving = useMakeOrEdit<CreateSprintRequest>(sprint, useCreateSprint(projectKey), useEditSprint(projectKey));
  const act = useSprintAct(projectKey);
  const firstDay = sprint?.startOn ?? nextOn ?? nextMonday(dayOf(new Date()));

  function submit(form: FormData): void {
    const said = {
      name: textIn(form, 'name'),
      aim: textIn(form, 'aim'),
      startOn: textIn(form, 'startOn'),
      endOn: textIn(form, 'endOn'),
    };
    saving.save(said, onClose);
  }

  return (
    <FormDialog
      title={sprint ? say('Sprint') : say('New sprint')}
      act={sprint ? say('Save') : say('Make sprint')}
      sending={saving}
      aside={
        sprint && (
          <ActButton
            type="button"
            className="button button-danger"
            onClick={() =>
              afterwards(act.mutateAsync({ id: sprint.id, act: 'delete', version: sprint.version }), onClose)
            }
            isPending={act.isPending}
          >
            {say('Delete, to-dos to the backlog')}
          </ActButton>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <label className="field">
        {say('Name')}
        <input
          name="name"
          className="input"
          defaultValue={sprint?.name}
          maxLength={100}
          required
          autoComplete="off"
          ref={sprint ? undefined : focusOnce}
        />
      </label>
      <label className="field">
        {say('What it is for')} <span className="field-note">{say('optional')}</span>
        <input name="aim" className="input" defaultValue={sprint?.aim} maxLength={500} autoComplete="off" />
      </label>
      <div className="field-pair">
        <DayField label={say('First day')} name="startOn" value={firstDay} isRequired />
        <DayField
          label={say('Last day')}
          name="endOn"
          value={sprint?.endOn ?? addDays(firstDay, daysUsual)}
          isRequired
        />
      </div>
    </FormDialog>
  );
}
