/** What a webhook is told of, chosen anew; and its removal, asked for once more. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Webhook } from '../../../wire/webhook.ts';
import { afterwards } from '../api/afterwards.ts';
import { Confirmation } from '../kit/confirmation.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { useSay } from '../words/say.ts';
import { KindChoice } from './kind-choice.tsx';
import { groupsOf, type KindGroup, kindsIn } from './kinds.ts';
import { useEditWebhook, useRemoveWebhook } from './queries.ts';

type DialogProps = { readonly projectKey: string; readonly webhook: Webhook; readonly onClose: () => void };

export function ChangeKinds({ projectKey, webhook, onClose }: DialogProps) {
  const say = useSay();
  const edit = useEditWebhook(projectKey, webhook.id);
  const [groups, setGroups] = useState<readonly KindGroup[]>(() => groupsOf(webhook.kinds));
  return (
    <Dialog title={say('What it is told of')} onClose={onClose}>
      <KindChoice groups={groups} onChange={setGroups} />
      <div className="form-actions">
        <Button
          className="button button-primary"
          isDisabled={groups.length === 0}
          isPending={edit.isPending}
          onPress={() => edit.mutate({ kinds: groups.flatMap(kindsIn) }, { onSuccess: onClose })}
        >
          {say('Save')}
        </Button>
      </div>
    </Dialog>
  );
}

export function RemoveWebhook({ projectKey, webhook, onClose, onRemoved }: DialogProps & { onRemoved: () => void }) {
  const say = useSay();
  const remove = useRemoveWebhook(projectKey, webhook.id);
  const removed = (): void => {
    onClose();
    onRemoved();
  };
  return (
    <Confirmation
      title={say('Remove this webhook?')}
      act={say('Remove')}
      isPending={remove.isPending}
      onAct={() => afterwards(remove.mutateAsync(undefined), removed)}
      onClose={onClose}
    >
      {say('Nothing is sent there any more, and the list of what was sent goes too.')}
    </Confirmation>
  );
}
