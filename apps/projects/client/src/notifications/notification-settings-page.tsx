/** How one wants to be told: which things, where, and how often by mail. Each choice is kept at once. */
import {
  type MailFrequency,
  mailFrequencies,
  type NotificationKind,
  type NotificationSettings,
  type NotificationWay,
  notificationKinds,
  notificationWays,
} from '../../../wire/notification.ts';
import { useProjects } from '../api/queries.ts';
import { Pick } from '../kit/pick.tsx';
import { Problem } from '../kit/problem.tsx';
import { Tick } from '../kit/tick.tsx';
import { useTitle } from '../shell/title.ts';
import { type Say, useSay } from '../words/say.ts';
import { useMuteProject, useNotificationSettings, useSetNotifications } from './queries.ts';

export function NotificationSettingsPage() {
  const say = useSay();
  const { data: settings, error } = useNotificationSettings();
  useTitle(say('Notification settings'));
  return (
    <main className="page notification-settings" id="content" aria-busy={!settings}>
      <h1>{say('Notification settings')}</h1>
      <p className="page-lead">{say('You are never told of what you did yourself.')}</p>
      <Problem error={error} />
      {settings && (
        <>
          <Ways settings={settings} />
          {settings.mailWorks ? <Mail settings={settings} /> : <p>{say('This workspace sends no mail.')}</p>}
          <Mutes settings={settings} />
        </>
      )}
    </main>
  );
}

function Ways({ settings }: { settings: NotificationSettings }) {
  const say = useSay();
  const set = useSetNotifications();
  const ways = notificationWays.filter((way) => way !== 'mail' || settings.mailWorks);
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{say('What you are told')}</h2>
      {notificationKinds.map((kind) => (
        <Choice
          key={kind}
          label={nameOfKind(say, kind)}
          value={settings.ways[kind] === 'mail' && !settings.mailWorks ? 'app' : settings.ways[kind]}
          choices={ways.map((way) => ({ id: way, name: nameOfWay(say, way) }))}
          onChoose={(way) => set.mutate({ ways: { [kind]: way } })}
        />
      ))}
    </section>
  );
}

function Mail({ settings }: { settings: NotificationSettings }) {
  const say = useSay();
  const set = useSetNotifications();
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    id: String(hour),
    name: `${String(hour).padStart(2, '0')}:00`,
  }));
  const atHour = settings.frequency === 'daily' || settings.frequency === 'weekly';
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section aria-labelledby="mail">
      <h2 id="mail">{say('Mail')}</h2>
      <Choice
        label={say('How often')}
        value={settings.frequency}
        choices={mailFrequencies.map((each) => ({ id: each, name: nameOfFrequency(say, each) }))}
        onChoose={(frequency) => set.mutate({ frequency, timeZone: here })}
      />
      {atHour && (
        <Choice
          label={say('At')}
          value={String(settings.hour)}
          choices={hours}
          onChoose={(hour) => set.mutate({ hour: Number(hour), timeZone: here })}
        />
      )}
      {settings.timeZone !== here && (
        <p className="fact-note">
          {say('Your days are those of {zone}; this device is in {here}.', { zone: settings.timeZone, here })}{' '}
          <button type="button" className="link-button" onClick={() => set.mutate({ timeZone: here })}>
            {say('Use {here}', { here })}
          </button>
        </p>
      )}
    </section>
  );
}

function Mutes({ settings }: { settings: NotificationSettings }) {
  const say = useSay();
  const projects = useProjects().filter(({ state }) => state === 'open');
  const mute = useMuteProject();
  if (projects.length === 0) return null;
  return (
    <section aria-labelledby="mutes">
      <h2 id="mutes">{say('Silent projects')}</h2>
      <p className="fact-note">{say('Of a silent project you are told only what names you.')}</p>
      {projects.map(({ key, name }) => (
        <label key={key} className="check">
          <Tick checked={settings.mutedProjects.includes(key)} onTick={(muted) => mute.mutateAsync({ key, muted })} />
          {name}
        </label>
      ))}
    </section>
  );
}

type ChoiceProps<Id extends string> = {
  readonly label: string;
  readonly value: Id;
  readonly choices: readonly { readonly id: Id; readonly name: string }[];
  readonly onChoose: (id: Id) => void;
};

function Choice<Id extends string>({ label, value, choices, onChoose }: ChoiceProps<Id>) {
  return (
    <div className="setting">
      <span aria-hidden="true">{label}</span>
      <Pick label={label} choices={choices} value={value} onPick={onChoose}>
        {choices.find(({ id }) => id === value)?.name}
      </Pick>
    </div>
  );
}

function nameOfKind(say: Say, kind: NotificationKind): string {
  switch (kind) {
    case 'mention':
      return say('Somebody mentions me');
    case 'assigned':
      return say('Somebody gives me a to-do');
    case 'comment':
      return say('A comment on what I made, have or watch');
    case 'status':
      return say('What I made, have or watch comes to another column');
    case 'due':
      return say('A to-do of mine is due');
    case 'invited':
      return say('Somebody lets me into a project');
    case 'statusUpdate':
      return say('Somebody tells how a project goes');
  }
}

function nameOfWay(say: Say, way: NotificationWay): string {
  switch (way) {
    case 'mail':
      return say('Here and by mail');
    case 'app':
      return say('Here');
    case 'none':
      return say('Not at all');
  }
}

function nameOfFrequency(say: Say, frequency: MailFrequency): string {
  switch (frequency) {
    case 'immediate':
      return say('At once');
    case 'hourly':
      return say('Once an hour');
    case 'daily':
      return say('Once a day');
    case 'weekly':
      return say('Once a week, on Monday');
    case 'never':
      return say('Never');
  }
}
