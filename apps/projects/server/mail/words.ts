/** What happened, in a line below the name of what it happened to. Sentences, no markup. */
import type { Say } from '@gatehouse/words/say.ts';
import { sayDay } from '../../wire/days.ts';
import type { MailFrequency } from '../../wire/notification.ts';
import type { DigestEvent } from './digest.ts';

export function sayEvent(say: Say, { kind, by, detail }: DigestEvent, today: string): string {
  const name = by ?? say('Somebody who left');
  switch (kind) {
    case 'mention':
      return say('{name} mentioned you', { name });
    case 'assigned':
      return say('{name} gave it to you', { name });
    case 'comment':
      return say('{name} commented', { name });
    case 'status':
      return say('{name} moved it to {column}', { name, column: detail });
    case 'due':
      return detail < today
        ? say('It was due {day}', { day: sayDay(detail, today, say.language) })
        : say('It is due today');
    case 'invited':
      return say('{name} let you into this project', { name });
    case 'statusUpdate':
      return say('{name} told how this project goes', { name });
  }
}

/** The words of somebody, below the line. */
export function quoteOf({ kind, detail }: DigestEvent): string {
  return kind === 'mention' || kind === 'comment' || kind === 'statusUpdate' ? detail : '';
}

export function sayRhythm(say: Say, frequency: MailFrequency): string {
  switch (frequency) {
    case 'hourly':
      return say('You get at most one such mail an hour.');
    case 'weekly':
      return say('You get at most one such mail a week.');
    case 'daily':
      return say('You get at most one such mail a day.');
    default:
      return say('You get such mail soon after something happens.');
  }
}
