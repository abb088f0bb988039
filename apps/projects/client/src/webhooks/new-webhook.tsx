/** Where to, and what of: a new webhook. Its secret is shown once. */
import { type FormEvent, useState } from 'react';
import { newCreationKey } from '../api/client.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Problem } from '../kit/problem.tsx';
import { Secret } from '../kit/secret.tsx';
import { useSay } from '../words/say.ts';
import { KindChoice } from './kind-choice.tsx';
import { type KindGroup, kindsIn } from './kinds.ts';
import { useCreateWebhook } from './queries.ts';

export function NewWebhook({ projectKey }: { projectKey: string }) {
  const say = useSay();
  const create = useCreateWebhook(projectKey);
  const [creationKey, setCreationKey] = useState(newCreationKey);
  const [url, setUrl] = useState('');
  const [groups, setGroups] = useState<readonly KindGroup[]>(['toDos']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate(
      { creationKey, url: url.trim(), kinds: groups.flatMap(kindsIn) },
      {
        onSuccess() {
          setUrl('');
          setCreationKey(newCreationKey());
        },
      },
    );
  }

  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        {say('Address')}
        <input
          className="input"
          type="url"
          inputMode="url"
          value={url}
          required
          maxLength={2_000}
          autoComplete="off"
          placeholder="https://example.com/hook"
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <KindChoice groups={groups} onChange={setGroups} />
      <Problem error={create.error} />
      <div className="form-actions">
        <ActButton
          type="submit"
          className="button button-primary"
          disabled={groups.length === 0}
          isPending={create.isPending}
        >
          {say('Add the webhook')}
        </ActButton>
      </div>
      {create.data && <Secret label={say('Secret of the new webhook')} value={create.data.secret} />}
    </form>
  );
}
