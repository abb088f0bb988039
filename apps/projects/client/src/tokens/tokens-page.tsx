/** What gets in without signing in: one's access tokens, and the address of one's calendar. */
import { type FormEvent, useState } from 'react';
import { type Scope, scopes } from '../../../wire/scopes.ts';
import type { AccessToken } from '../../../wire/token.ts';
import { ActButton } from '../kit/act-button.tsx';
import { sayDateOf } from '../kit/day-words.ts';
import { PickField } from '../kit/pick-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { Secret } from '../kit/secret.tsx';
import { useTitle } from '../shell/title.ts';
import { type Say, useSay } from '../words/say.ts';
import { useCloseFeed, useCreateToken, useFeed, useRenewFeed, useRevokeToken, useTokens } from './queries.ts';

export function TokensPage() {
  const say = useSay();
  useTitle(say('Tokens and calendar'));
  return (
    <main className="page tokens" id="content">
      <h1>{say('Tokens and calendar')}</h1>
      <Calendar />
      <Tokens />
    </main>
  );
}

function Calendar() {
  const say = useSay();
  const { data: feed } = useFeed();
  const renew = useRenewFeed();
  const close = useCloseFeed();
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{say('Calendar')}</h2>
      <p>{say('Your to-dos with their days, in the calendar you use. Whoever has the address can read it.')}</p>
      {feed?.address && <Secret label={say('Address for your calendar')} value={feed.address} />}
      <div className="tokens-actions">
        <button type="button" className="button button-primary" disabled={!feed} onClick={() => renew.mutate()}>
          {feed?.since ? say('Make a new address') : say('Make an address')}
        </button>
        {feed?.since && (
          <button type="button" className="button button-quiet" onClick={() => close.mutate()}>
            {say('Close it')}
          </button>
        )}
      </div>
      {feed?.since && !feed.address && <p className="fact-note">{say('There is an address. A new one ends it.')}</p>}
    </section>
  );
}

function Tokens() {
  const say = useSay();
  const { data: tokens, error } = useTokens();
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{say('Access tokens')}</h2>
      <p>
        {say('A token lets a program do what you may do, as far as its scopes go.')}{' '}
        <a className="text-link" href="/settings/api">
          {say('What the API offers')}
        </a>
      </p>
      <NewToken />
      <Problem error={error} />
      {tokens?.length === 0 && <p className="fact-note">{say('There are no tokens.')}</p>}
      <ul className="token-list">
        {tokens?.map((token) => (
          <Token key={token.id} token={token} />
        ))}
      </ul>
    </section>
  );
}

function Token({ token }: { token: AccessToken }) {
  const say = useSay();
  const revoke = useRevokeToken();
  return (
    <li className="token">
      <span className="token-words">
        <b>{token.name}</b>
        <span className="fact-note">
          {say('…{hint} · {scopes}', {
            hint: token.hint,
            scopes: token.scopes.map((scope) => scopeWord(say, scope)).join(', '),
          })}
        </span>
        <span className="fact-note">
          {token.lastUsedAt ? say('Last used {day}', { day: sayDateOf(token.lastUsedAt) }) : say('Not used yet')}
          {' · '}
          {token.expiresAt ? say('ends {day}', { day: sayDateOf(token.expiresAt) }) : say('does not end by itself')}
        </span>
      </span>
      <button type="button" className="button button-quiet" onClick={() => revoke.mutate(token.id)}>
        {say('Revoke')}
        <span className="visually-hidden"> {token.name}</span>
      </button>
    </li>
  );
}

const lives = ['30', '90', '365', 'none'] as const;

function NewToken() {
  const say = useSay();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [life, setLife] = useState<(typeof lives)[number]>('90');
  const [chosen, setChosen] = useState<readonly Scope[]>(['read']);

  const ends = lives.map((each) => ({
    id: each,
    name:
      each === 'none'
        ? say('Not by itself')
        : say('{count, plural, one {After # day} other {After # days}}', { count: Number(each) }),
  }));

  function submit(event: FormEvent): void {
    event.preventDefault();
    const days = life === 'none' ? null : Number(life);
    create.mutate({ name: name.trim(), scopes: [...chosen], days }, { onSuccess: () => setName('') });
  }

  return (
    <form className="form token-form" onSubmit={submit}>
      <label className="field">
        {say('Name')}
        <input
          className="input"
          value={name}
          required
          maxLength={80}
          autoComplete="off"
          placeholder={say('What the token is for')}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <fieldset className="token-scopes">
        <legend>{say('Scopes')}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={() =>
                setChosen((before) =>
                  before.includes(scope) ? before.filter((each) => each !== scope) : [...before, scope],
                )
              }
            />
            {sayScope(say, scope)}
          </label>
        ))}
      </fieldset>
      <PickField label={say('Ends')} choices={ends} value={life} onPick={setLife} />
      <Problem error={create.error} />
      <div className="form-actions">
        <ActButton
          type="submit"
          className="button button-primary"
          disabled={chosen.length === 0}
          isPending={create.isPending}
        >
          {say('Make a token')}
        </ActButton>
      </div>
      {create.data && <Secret label={say('Your new token')} value={create.data.secret} />}
    </form>
  );
}

/** What the token does, in the list. */
function scopeWord(say: Say, scope: Scope): string {
  switch (scope) {
    case 'read':
      return say('reads');
    case 'write':
      return say('writes');
    case 'manage':
      return say('manages');
    case 'admin':
      return say('administers');
  }
}

function sayScope(say: Say, scope: Scope): string {
  switch (scope) {
    case 'read':
      return say('Read: see projects and what is in them');
    case 'write':
      return say('Write: change to-dos, comments, files and plans');
    case 'manage':
      return say('Manage: make projects, change their settings and members');
    case 'admin':
      return say('Admin: change people, companies and the workspace');
  }
}
