/** Short words at the bottom of the page: what was done, with a way to undo it, or what went wrong. */

import { Button } from 'react-aria-components/Button';
import { Text } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';
import { isOtherPerson, isSignedOut, sayProblem } from '../api/client.ts';
import { bringRest, saying, useSay } from '../words/say.ts';

type Message = {
  readonly text: string;
  readonly tone: 'plain' | 'problem';
  readonly action?: ToastAction;
  readonly kind?: string;
  /** Words of the person themselves, to be copied. */
  readonly written?: string;
};
export type ToastAction = {
  readonly name: string;
  readonly run: () => void;
  /** Leaves the message where it is. */
  readonly stays?: boolean;
};

const queue = new ToastQueue<Message>({ maxVisibleToasts: 2 });
// React Aria asks for five seconds at least, so that a screen reader gets to the end.
const shownMs = 7_000;

/** The same words again, or others of a kind, replace those before: one act after another leaves one message, for the last. */
export function showDone(text: string, action?: ToastAction, kind = text): void {
  for (const { key, content } of queue.visibleToasts) if (content.kind === kind) queue.close(key);
  queue.add({ text, tone: 'plain', kind, ...(action && { action }) }, { timeout: shownMs });
}

/** What the newest message offers to undo, as if its button had been pressed. */
export function undoLast(): void {
  const say = saying();
  const undo = say('Undo');
  const newest = queue.visibleToasts.find(({ content }) => content.action?.name === undo);
  if (!newest) return;
  newest.content.action?.run();
  queue.close(newest.key);
}

/** Stays until it is closed: a problem must not vanish unread. */
export function showProblem(error: unknown): void {
  if (isSignedOut(error)) showSignedOut();
  else if (isOtherPerson(error)) showOtherPerson();
  // What the server refuses, the first page does not say.
  else void bringRest().then(() => queue.add({ text: sayProblem(error), tone: 'problem' }));
}

/** As `showProblem`, in words that stand already. */
export function showProblemText(text: string): void {
  queue.add({ text, tone: 'problem' });
}

/** What somebody wrote and the server did not take: their words stay in sight until they close them. */
export function showRefused(error: unknown, written: string): void {
  if (isSignedOut(error)) showSignedOut();
  void bringRest().then(() => {
    const say = saying();
    const text = say('What you wrote was not taken. {problem}', { problem: sayProblem(error) });
    const message = { text, tone: 'problem', written } as const;
    // Only a page that came safely may write to the clipboard; the words can be selected in any.
    if (!navigator.clipboard) queue.add(message);
    else queue.add({ ...message, action: { name: say('Copy'), run: () => void copyText(written), stays: true } });
  });
}

/** Copies it and says so, or that the browser does not let it. */
export async function copyText(written: string): Promise<void> {
  const copied = await copies(written);
  const say = saying();
  showDone(copied ? say('Copied.') : say('Your browser did not let it be copied. Select the words instead.'));
}

/** Copies it, and answers whether the browser let it: a page that came over plain HTTP has no clipboard. */
export async function copies(written: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  return clipboard.writeText(written).then(
    () => true,
    () => false,
  );
}

/** A change that could not be made now and may be later: `again` makes it once more. */
export function showUnsaved(error: unknown, again: () => void): void {
  const isOver = isSignedOut(error) || isOtherPerson(error);
  if (isOver) showProblem(error);
  const say = saying();
  const text = isOver ? say('Your change is not saved yet.') : sayProblem(error);
  queue.add({ text, tone: 'problem', action: { name: say('Try again'), run: again } });
}

/** The sign-in opens beside this page, so that nothing typed here is lost. */
function showSignedOut(): void {
  const say = saying();
  const text = say('You are signed out. This page stays as it is: sign in in a new tab, then go on here.');
  const to = encodeURIComponent(`${window.location.pathname}${window.location.search}`);
  const signIn = () => void window.open(`/auth/login?to=${to}`, '_blank', 'noopener');
  showOnce({ text, tone: 'problem', action: { name: say('Sign in'), run: signIn } });
}

/** Loaded again the page is that of whoever is signed in; what its own person wrote waits for them. */
function showOtherPerson(): void {
  const say = saying();
  const text = say(
    'This browser is now signed in as somebody else. What you changed waits here and is sent when you are signed in again.',
  );
  showOnce({
    text,
    tone: 'problem',
    action: { name: say('Load the page again'), run: () => window.location.reload() },
  });
}

/** However many requests found it out. */
function showOnce(message: Message): void {
  if (!queue.visibleToasts.some(({ content }) => content.text === message.text)) queue.add(message);
}

export function Toasts() {
  const say = useSay();
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={say('Messages')}>
      {({ toast }) => (
        <Toast toast={toast} className={`toast toast-${toast.content.tone}`}>
          <ToastContent className="toast-text">
            <Text slot="title">{toast.content.text}</Text>
            {toast.content.written && (
              <textarea
                className="toast-written"
                aria-label={say('What you wrote')}
                value={toast.content.written}
                readOnly
              />
            )}
          </ToastContent>
          {toast.content.action && (
            <Button
              className="button button-quiet"
              onPress={() => {
                toast.content.action?.run();
                if (!toast.content.action?.stays) queue.close(toast.key);
              }}
            >
              {toast.content.action.name}
            </Button>
          )}
          <Button slot="close" className="icon-button" aria-label={say('Close')}>
            ✕
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
