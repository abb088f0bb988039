/** Asks before a milestone goes for good, and says what becomes of its to-dos. */
import type { Milestone } from '../../../wire/milestone.ts';
import { Dialog } from '../kit/dialog.tsx';
import { showDone } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { useDeleteMilestone } from './use-milestones.ts';

type DeleteProps = {
  readonly projectKey: string;
  readonly milestone: Milestone;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

export function DeleteMilestone({ projectKey, milestone, onClose, onDeleted }: DeleteProps) {
  const say = useSay();
  const remove = useDeleteMilestone(projectKey);
  const { id, version, title } = milestone;
  const confirm = () =>
    remove.mutate(
      { id, version },
      {
        onSuccess() {
          onDeleted();
          showDone(say('Deleted: {title}', { title }));
        },
        onError: onClose,
      },
    );
  return (
    <Dialog title={say('Delete this milestone?')} urgent onClose={onClose}>
      <p className="dialog-text">
        {say('“{title}” will be gone for good. Its to-dos stay, without a milestone.', { title })}
      </p>
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {say('Keep it')}
        </button>
        <button type="button" className="button button-danger-full" onClick={confirm} disabled={remove.isPending}>
          {say('Delete')}
        </button>
      </div>
    </Dialog>
  );
}
