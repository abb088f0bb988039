/** One webhook: where it leads, what it is told of, whether it is on, and what can be done with it. */
import { useState } from 'react';
import type { Webhook } from '../../../wire/webhook.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Secret } from '../kit/secret.tsx';
import { showDone } from '../kit/toast.tsx';
import { type Say, useSay } from '../words/say.ts';
import { Deliveries } from './deliveries.tsx';
import { ChangeKinds, RemoveWebhook } from './dialogs.tsx';
import { groupsOf, sayGroup } from './kinds.ts';
import { useEditWebhook, usePing, useRenewSecret } from './queries.ts';

type CardProps = { readonly projectKey: string; readonly webhook: Webhook };

export function WebhookCard({ projectKey, webhook }: CardProps) {
  const say = useSay();
  const edit = useEditWebhook(projectKey, webhook.id);
  const ping = usePing(projectKey, webhook.id);
  const renew = useRenewSecret(projectKey, webhook.id);
  const [open, setOpen] = useState<'kinds' | 'removing'>();
  const [isLogOpen, setLogOpen] = useState(false);
  const isOn = webhook.state === 'on';
  const named = { address: webhook.url };
  return (
    <li className="webhook">
      <div className="webhook-head">
        <h3 className="webhook-address">{webhook.url}</h3>
        <span className={`tag webhook-${webhook.state}`}>{sayState(say, webhook.state)}</span>
      </div>
      <p className="fact-note">
        {groupsOf(webhook.kinds)
          .map((group) => sayGroup(say, group))
          .join(' · ')}
      </p>
      {webhook.state === 'failed' && (
        <p className="webhook-warning">
          {say('It took nothing for a long time, so nothing is sent any more. Mend the other side, then switch it on.')}
        </p>
      )}
      <div className="webhook-actions">
        <ActButton
          type="button"
          className="button button-quiet"
          disabled={!isOn}
          isPending={ping.isPending}
          aria-label={say('Send a test to {address}', named)}
          onClick={() => ping.mutate(undefined, { onSuccess: () => setLogOpen(true) })}
        >
          {say('Send a test')}
        </ActButton>
        <button
          type="button"
          className="button button-quiet"
          aria-label={say('Told of: {address}', named)}
          onClick={() => setOpen('kinds')}
        >
          {say('Told of')}
        </button>
        <ActButton
          type="button"
          className="button button-quiet"
          isPending={renew.isPending}
          aria-label={say('New secret for {address}', named)}
          onClick={() => renew.mutate(undefined)}
        >
          {say('New secret')}
        </ActButton>
        <ActButton
          type="button"
          className="button button-quiet"
          isPending={edit.isPending}
          aria-label={isOn ? say('Switch off {address}', named) : say('Switch on {address}', named)}
          onClick={() => edit.mutate({ on: !isOn })}
        >
          {isOn ? say('Switch off') : say('Switch on')}
        </ActButton>
        <button
          type="button"
          className="button button-danger"
          aria-label={say('Remove {address}', named)}
          onClick={() => setOpen('removing')}
        >
          {say('Remove')}
        </button>
      </div>
      {renew.data && <Secret label={say('The new secret')} value={renew.data.secret} />}
      <details className="webhook-log" open={isLogOpen} onToggle={(event) => setLogOpen(event.currentTarget.open)}>
        <summary>{say('What was sent')}</summary>
        {isLogOpen && <Deliveries projectKey={projectKey} webhookId={webhook.id} canSend={isOn} />}
      </details>
      {open === 'kinds' && <ChangeKinds projectKey={projectKey} webhook={webhook} onClose={() => setOpen(undefined)} />}
      {open === 'removing' && (
        <RemoveWebhook
          projectKey={projectKey}
          webhook={webhook}
          onClose={() => setOpen(undefined)}
          onRemoved={() => showDone(say('The webhook is removed.'))}
        />
      )}
    </li>
  );
}

function sayState(say: Say, state: Webhook['state']): string {
  switch (state) {
    case 'on':
      return say('On');
    case 'off':
      return say('Off');
    case 'failed':
      return say('Switched off');
  }
}
