/** The words for the values of a to-do's fields. */
import type { Effort, Priority, ToDoType } from '../../../wire/to-do.ts';
import type { Say } from '../words/say.ts';

export function priorityName(say: Say, priority: Priority): string {
  switch (priority) {
    case 1:
      return say('Critical');
    case 2:
      return say('High');
    case 3:
      return say('Medium');
    case 4:
      return say('Low');
    case 5:
      return say('Lowest');
  }
}

export function typeName(say: Say, type: ToDoType): string {
  switch (type) {
    case 'task':
      return say('Task');
    case 'story':
      return say('Story');
    case 'bug':
      return say('Bug');
  }
}

export function effortName(say: Say, effort: Effort): string {
  switch (effort) {
    case 0.5:
      return say('Two minutes');
    case 1:
      return say('XS');
    case 2:
      return say('S');
    case 3:
      return say('M');
    case 5:
      return say('L');
    case 8:
      return say('XL');
    case 13:
      return say('XXL');
  }
}

/** With what each effort stands for, where there is room. */
export function effortInWords(say: Say, effort: Effort): string {
  switch (effort) {
    case 0.5:
      return say('Two minutes');
    case 1:
      return say('XS, an hour or so');
    case 2:
      return say('S, half a day');
    case 3:
      return say('M, a day or two');
    case 5:
      return say('L, a week');
    case 8:
      return say('XL, weeks');
    case 13:
      return say('XXL, cut it into parts');
  }
}
