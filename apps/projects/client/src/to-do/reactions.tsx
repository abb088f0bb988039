/** Answers without words: those that were given, with who gave them, and a small menu to give another. */
import type { Comment, Reaction } from '../../../wire/comment.ts';
import { useReact } from '../api/comment-changes.ts';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';
import { type Say, useSay } from '../words/say.ts';

const ReactionMenu = lazyAhead(async () => ({ default: (await import('./reaction-menu.tsx')).ReactionMenu }));

const signs: Readonly<Record<Reaction, string>> = {
  like: 'M5 8v6.5H3V8zM5 8.5 8 3c1.2 0 1.8.8 1.6 2L9.2 7.5h4.3c.9 0 1.4.7 1.2 1.5l-1.2 4.5c-.2.7-.7 1-1.4 1H5',
  thanks: 'M9 14.5 4 9.7C2.400 8.100 3 5 5.500 5 7 5 8.200 6 9 7c.8-1 2-2 3.500-2C15 5 15.600 8.100 14 9.700z',
  celebrate: 'm9 3 1.700 3.800 4.100.4-3.100 2.700.9 4L9 11.800l-3.600 2.100.9-4-3.100-2.700 4.100-.4z',
  support: 'M4 9.500 7.500 13 14 5.500',
  interesting:
    'M6.500 11.500C5 10.500 4.500 9.300 4.500 8a4.500 4.500 0 0 1 9 0c0 1.300-.5 2.500-2 3.500V13h-5zM7.500 15.500h3',
  seen: 'M2.500 9C4.300 6.300 6.500 5 9 5s4.700 1.300 6.500 4c-1.800 2.700-4 4-6.500 4s-4.700-1.300-6.500-4M9 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  funny: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12M6 10c.6 1.300 1.600 2 3 2s2.400-.7 3-2zM7 7.200v.1M11 7.200v.1',
  sad: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12M6.500 12c.6-1 1.400-1.500 2.500-1.500s1.900.5 2.500 1.500M7 7.200v.1M11 7.200v.1',
};

export function sayReaction(say: Say, reaction: Reaction): string {
  switch (reaction) {
    case 'like':
      return say('I like it');
    case 'thanks':
      return say('Thank you');
    case 'celebrate':
      return say('Well done');
    case 'support':
      return say('I agree');
    case 'interesting':
      return say('Interesting');
    case 'seen':
      return say('I have seen it');
    case 'funny':
      return say('Funny');
    case 'sad':
      return say('That is sad');
  }
}

type ReactionsProps = {
  readonly comment: Comment;
  readonly toDo: { readonly projectKey: string; readonly number: number };
  readonly mayReact: boolean;
};

export function Reactions({ comment, toDo, mayReact }: ReactionsProps) {
  const say = useSay();
  const react = useReact(toDo);
  const toggle = (reaction: Reaction): void => {
    const mine = comment.reactions.find((each) => each.reaction === reaction)?.mine ?? false;
    react.mutate({ comment, reaction, given: !mine });
  };
  return (
    <span className="reactions">
      {comment.reactions.map(({ reaction, people, mine }) => (
        <button
          key={reaction}
          type="button"
          className="reaction"
          aria-pressed={mine}
          disabled={!mayReact}
          title={people.map(({ name }) => name).join(', ')}
          aria-label={say('{reaction}: {count}', { reaction: sayReaction(say, reaction), count: people.length })}
          onClick={() => toggle(reaction)}
        >
          <Sign reaction={reaction} />
          {people.length}
        </button>
      ))}
      {mayReact && (
        <Opener
          className="reaction"
          aria-label={say('React')}
          popup={(opened) => <ReactionMenu opened={opened} onPick={toggle} />}
        >
          <Sign reaction="funny" />+
        </Opener>
      )}
    </span>
  );
}

export function Sign({ reaction }: { reaction: Reaction }) {
  return (
    <svg className="icon" viewBox="0 0 18 18" width="16" height="16" aria-hidden="true">
      <path
        d={signs[reaction]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
