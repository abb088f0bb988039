/** Notifications in sentences. */
import type { Day } from '../../../wire/days.ts';
import type { Notification } from '../../../wire/notification.ts';
import { sayDay } from '../kit/day-words.ts';
import type { Say } from '../words/say.ts';

export function sayNotification(say: Say, { kind, by, title, detail }: Notification, today: Day): string {
  const name = by?.name ?? '';
  switch (kind) {
    case 'mention':
      return say('{name} mentioned you in “{title}”', { name, title });
    case 'assigned':
      return say('{name} gave you “{title}”', { name, title });
    case 'comment':
      return say('{name} commented on “{title}”', { name, title });
    case 'status':
      return say('{name} moved “{title}” to {column}', { name, title, column: detail });
    case 'due':
      return detail < today
        ? say('“{title}” was due {day}', { title, day: sayDay(detail, today) })
        : say('“{title}” is due today', { title });
    case 'invited':
      return say('{name} let you into {title}', { name, title });
    case 'statusUpdate':
      return say('{name} told how {title} goes', { name, title });
  }
}

/** The words of somebody, under the sentence. */
export function quoteOf({ kind, detail }: Notification): string {
  return kind === 'mention' || kind === 'comment' || kind === 'statusUpdate' ? detail : '';
}
