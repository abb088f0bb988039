/** Asks before a milestone goes for good, and says what becomes of its to-dos. */
import type { Milestone } from '../../../wire/milestone.ts';
import { Confirmation } from '../kit/confirmation.tsx';
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
    remove.mutateAsync({ id, version }).then(() => {
      onDeleted();
      showDone(say('Deleted: {title}', { title }));
    }, onClose);
  return (
    <Confirmation
      title={say('Delete this milestone?')}
      act={say('Delete')}
      isPending={remove.isPending}
      onAct={confirm}
      onClose={onClose}
    >
      {say('“{title}” will be gone for good. Its to-dos stay, without a milestone.', { title })}
    </Confirmation>
  );
}
