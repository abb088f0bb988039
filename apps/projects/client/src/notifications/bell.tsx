/** The way to one's notifications, with how many wait. Where there is no room for its name, it is said only. */
import { Link } from 'react-router';
import { Icon } from '../kit/icon.tsx';
import { notificationsPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { useUnread } from './queries.ts';

type BellProps = { readonly isHere: boolean; readonly onGo: () => void; readonly className?: string };

export function Bell({ isHere, onGo, className = 'nav-link' }: BellProps) {
  const say = useSay();
  const unread = useUnread();
  return (
    <Link className={className} to={notificationsPath} onClick={onGo} {...(isHere && { 'aria-current': 'page' })}>
      <Icon name="bell" />
      <span className="nav-name">{say('Notifications')}</span>
      {unread > 0 && (
        <span className="bell-count">
          <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
          <span className="visually-hidden">
            {say('{count, plural, one {# unread} other {# unread}}', { count: unread })}
          </span>
        </span>
      )}
    </Link>
  );
}
