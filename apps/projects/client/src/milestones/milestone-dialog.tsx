/** Makes a milestone, or changes one: what it is called, when it is, whose it is, and what it waits for. */
import { type FormEvent, useState } from 'react';
import { type Milestone, milestoneStatuses } from '../../../wire/milestone.ts';
import { type Project, statusTones } from '../../../wire/project.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
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
  const create = useCreateMilestone(project.key);
  const edit = useEditMilestone(project.key);
  const [creationKey] = useState(newCreationKey);
  const [tone, setTone] = useState(milestone?.tone ?? 'accent');
  const [status, setStatus] = useState(milestone?.status ?? 'planned');
  const [owner, setOwner] = useState(milestone?.owner ?? null);
  const [dependsOnIds, setDependsOnIds] = useState(milestone?.dependsOnIds ?? []);
  const [deleting, setDeleting] = useState(false);
  const others = milestones.filter(({ id }) => id !== milestone?.id);
  const problem = create.error ?? edit.error;
  const isPending = create.isPending || edit.isPending;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    if (text('title') === '' || isPending) return;
    const request = {
      title: text('title'),
      description: text('description'),
      startOn: text('startOn') || null,
      endOn: text('endOn') || null,
      ownerId: owner?.id ?? null,
      tone,
      status,
      dependsOnIds: [...dependsOnIds],
    };
    const done = { onSuccess: onClose };
    if (!milestone) create.mutate({ creationKey, ...request }, done);
    else
      edit.mutate(
        { id: milestone.id, request: { version: milestone.version, ...request } },
        {
          onSuccess() {
            onClose();
            showDone(say('Saved.'));
          },
        },
      );
  }

  return (
    <Dialog title={milestone ? say('Milestone') : say('New milestone')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
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
            <label className="field">
              {say('First day')}
              <input name="startOn" type="date" className="input" defaultValue={milestone?.startOn ?? ''} />
            </label>
            <label className="field">
              {say('Last day')}
              <input name="endOn" type="date" className="input" defaultValue={milestone?.endOn ?? ''} />
            </label>
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
              <PersonPick label={say('Owner')} people={project.assignable} value={owner} onPick={setOwner} />
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
        {problem && (
          <p className="form-problem" role="alert">
            {sayProblem(problem)}
          </p>
        )}
        <div className="form-actions">
          {milestone && mayEdit && (
            <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
              {say('Delete…')}
            </button>
          )}
          <span className="space" />
          <button type="button" className="button button-quiet" onClick={onClose}>
            {mayEdit ? say('Cancel') : say('Close')}
          </button>
          {mayEdit && (
            <button type="submit" className="button button-primary" disabled={isPending}>
              {milestone ? say('Save') : say('Make milestone')}
            </button>
          )}
        </div>
      </form>
      {deleting && milestone && (
        <DeleteMilestone
          projectKey={project.key}
          milestone={milestone}
          onClose={() => setDeleting(false)}
          onDeleted={onClose}
        />
      )}
    </Dialog>
  );
}
