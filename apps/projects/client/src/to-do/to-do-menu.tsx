/** The button for what can be done to a to-do as a whole. */
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';
import { useSay } from '../words/say.ts';
import type { ToDoMenuProps } from './to-do-acts.tsx';

const ToDoActs = lazyAhead(async () => ({ default: (await import('./to-do-acts.tsx')).ToDoActs }));

export function ToDoMenu(props: ToDoMenuProps) {
  const say = useSay();
  return (
    <Opener
      className="icon-button"
      aria-label={say('More for this to-do')}
      popup={(opened) => <ToDoActs opened={opened} {...props} />}
    >
      <Icon name="more" />
    </Opener>
  );
}
