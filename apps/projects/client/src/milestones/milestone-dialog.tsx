/** Makes a milestone, or changes one: what it is called, when it is, whose it is, and what it waits for. */
import { useState } from 'react';
import { type CreateMilestoneRequest, type Milestone, milestoneStatuses } from '../../../wire/milestone.ts';
import { type Project, statusTones } from '../../../wire/project.ts';
import { useMakeOrEdit } from '../api/make-or-edit.ts';
import { DayField } from '../kit/day-field.tsx';
import { focusOnce } from '../kit/focus.ts';
import { FormDialog, textIn } from '../kit/form-dialog.tsx';
import { PersonPick } from '../kit/person-pick.tsx';
import { Pick, PickSeveral } from '../kit/pick.tsx';
import { showDone } from '../kit/toast.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { DeleteMilestone } from './delete-milestone.tsx';
import { useCreateMilestone, useEditMilestone } from './use-milestones.ts';
import { sayStatus, sayTone } from './words.ts';

type DialogProps = {
  readonly project: Project;
  /** All of the project: what it may wait for. */
  readonly milestones: readonly Milestone[];
  /** The one to change; none makes a new one. */
  readonly milestone?: Milestone | undefined;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
};

export function MilestoneDialog({ project, milestones, milestone, mayEdit, onClose }: DialogProps) {
  const say = useSay();
  const saving = useMakeOrEdit<CreateMilestoneRequest>(
    milestone,
    useCreateMilestone(project.key),
    useEditMilestone(project.key),
  );
  const [tone, setTone] = useState(milestone?.tone ?? 'accent');
  const [status, setStatus] = useState(milestone?.status ?? 'planned');
  const [owner, setOwner] = useState(milestone?.owner ?? null);
  const [dependsOnIds, setDependsOnIds] = useState(milestone?.dependsOnIds ?? []);
  const [deleting, setDeleting] = useState(false);
  const makeOrSave = milestone ? say('Save') : say('Make milestone');
  const others = milestones.filter(({ id }) => id !== milestone?.id);

  function submit(form: FormData): void {
    const title = textIn(form, 'title');
    if (title === '') return;
    const said = {
      title,
      description: textIn(form, 'description'),
      startOn: textIn(form, 'startOn') || null,
      endOn: textIn(form, 'endOn') || null,
      ownerId: owner?.id ?? null,
      tone,
      status,
      dependsOnIds: [...dependsOnIds],
    };
    saving.save(said, () => {
      onClose();
      if (milestone) showDone(say('Saved.'));
    });
  }

  return (
    <FormDialog
      title={milestone ? say('Milestone') : say('New milestone')}
      act={mayEdit ? makeOrSave : undefined}
      sending={saving}
      aside={
        milestone &&
        mayEdit && (
          <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
            {say('Delete…')}
          </button>
        )
      }
      over={
        deleting &&
        milestone && (
          <DeleteMilestone
            projectKey={project.key}
            milestone={milestone}
            onClose={() => setDeleting(false)}
            onDeleted={onClose}
          />
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <fieldset className="form form-plain" disabled={!mayEdit}>
        <label className="field">
          {say('Title')}
          <input
            name="title"
            className="input"
            defaultValue={milestone?.title}
            maxLength={250}
            required
            autoComplete="off"
            ref={milestone ? undefined : focusOnce}
          />
        </label>
        <div className="field-pair">
          <DayField label={say('First day')} name="startOn" value={milestone?.startOn ?? null} isDisabled={!mayEdit} />
          <DayField label={say('Last day')} name="endOn" value={milestone?.endOn ?? null} isDisabled={!mayEdit} />
        </div>
        <label className="field">
          {say('Description')} <span className="field-note">{say('optional')}</span>
          <textarea
            name="description"
            className="input"
            rows={3}
            maxLength={20_000}
            defaultValue={milestone?.description}
          />
        </label>
      </fieldset>
      <div className="picks">
        <Pick
          label={say('Status')}
          choices={milestoneStatuses.map((id) => ({ id, name: sayStatus(say, id) }))}
          value={status}
          onPick={setStatus}
          isDisabled={!mayEdit}
        >
          {sayStatus(say, status)}
        </Pick>
        {mayEdit && (
          <>
            <PersonPick label={say('Owner')} project={project} value={owner} onPick={setOwner} />
            <Pick
              label={say('Colour')}
              choices={statusTones.map((id) => ({
                id,
                name: sayTone(say, id),
                sign: <Tone status={{ tone: id }} />,
              }))}
              value={tone}
              onPick={setTone}
            >
              <Tone status={{ tone }} />
              {sayTone(say, tone)}
            </Pick>
            {others.length > 0 && (
              <PickSeveral
                label={say('Waits for')}
                choices={others.map(({ id, title }) => ({ id, name: title }))}
                values={dependsOnIds}
                onPick={setDependsOnIds}
              >
                {dependsOnIds.length === 0 ? (
                  <span className="pick-none">{say('Waits for nothing')}</span>
                ) : (
                  say('Waits for {count, plural, one {# milestone} other {# milestones}}', {
                    count: dependsOnIds.length,
                  })
                )}
              </PickSeveral>
            )}
          </>
        )}
      </div>
    </FormDialog>
  );
}
