/** What concerns oneself and happened while one looked elsewhere, the latest first. */
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { Notification } from '../../../wire/notification.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Avatar } from '../kit/avatar.tsx';
import { useToday } from '../kit/clock.ts';
import { sayInstant, sayMoment } from '../kit/day-words.ts';
import { Icon } from '../kit/icon.tsx';
import { Problem } from '../kit/problem.tsx';
import { boardPath, notificationSettingsPath, toDoPathAt } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import { type Only, useMarkRead, useNotifications } from './queries.ts';
import { quoteOf, sayNotification } from './words.ts';

export function NotificationsPage() {
  const say = useSay();
  const [only, setOnly] = useState<Only>('all');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotifications(only);
  const markRead = useMarkRead();
  useTitle(say('Notifications'));
  const list = data?.pages.flatMap(({ notifications }) => notifications) ?? [];
  const hasUnread = list.some(({ read }) => !read);
  return (
    <main className="page notifications" id="content" aria-busy={!data}>
      <header className="notifications-head">
        <h1>{say('Notifications')}</h1>
        <Link className="button button-quiet" to={notificationSettingsPath}>
          {say('Settings')}
        </Link>
      </header>
      <div className="notifications-tools">
        <fieldset className="segments">
          <legend className="visually-hidden">{say('Show')}</legend>
          <Segment name={say('All')} isChosen={only === 'all'} onChoose={() => setOnly('all')} />
          <Segment name={say('Mentions')} isChosen={only === 'mentions'} onChoose={() => setOnly('mentions')} />
        </fieldset>
        <ActButton
          type="button"
          className="button button-quiet"
          disabled={!hasUnread}
          isPending={markRead.isPending}
          onClick={() => markRead.mutate(undefined)}
        >
          {say('Mark all as read')}
        </ActButton>
      </div>
      <Problem error={error} />
      {data && list.length === 0 && (
        <p className="notifications-empty">
          {only === 'mentions'
            ? say('Nobody has mentioned you. Somebody does with @ and your name in a comment.')
            : say('Nothing yet. What others do with your to-dos shows here.')}
        </p>
      )}
      <ul className="notification-list">
        {list.map((each) => (
          <Item key={each.id} notification={each} onOpen={() => !each.read && markRead.mutate([each.id])} />
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="button button-quiet"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {say('Show earlier ones')}
        </button>
      )}
    </main>
  );
}

function Segment({ name, isChosen, onChoose }: { name: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label className="segment">
      <input type="radio" name="only" checked={isChosen} onChange={onChoose} />
      {name}
    </label>
  );
}

function Item({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const say = useSay();
  const { pathname } = useLocation();
  const today = useToday();
  const { by, projectKey, projectName, number, commentId, at, read } = notification;
  const quote = quoteOf(notification);
  const to = number === null ? boardPath(projectKey) : toDoPathAt(projectKey, number, commentId);
  return (
    <li>
      <Link
        className={read ? 'notification' : 'notification notification-unread'}
        to={to}
        state={number === null ? undefined : { over: pathname }}
        onClick={onOpen}
      >
        {by ? <Avatar person={by} /> : <Icon name="calendar" />}
        <span className="notification-words">
          <span>{sayNotification(say, notification, today)}</span>
          {quote && <q>{quote}</q>}
          <span className="notification-place">
            {number === null ? projectName : `${projectKey}-${number} · ${projectName}`}
            {' · '}
            <time dateTime={at} title={sayMoment(at)}>
              {sayInstant(at, today)}
            </time>
          </span>
        </span>
        {!read && <span className="visually-hidden">{say('Unread')}</span>}
      </Link>
    </li>
  );
}
