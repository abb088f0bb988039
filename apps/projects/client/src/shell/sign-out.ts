/** The way out, from wherever it is offered. */
import { beginnings, forgetKept, namesKept } from '../api/kept.ts';
import { showDone } from '../kit/toast.tsx';
import { saying } from '../words/say.ts';
import { useWorkbench } from './workbench.tsx';

/** Asks first if something would be gone. */
export function useSignOut(): () => void {
  const { open } = useWorkbench();
  return () => {
    const wouldLose = [beginnings.drafts, beginnings.unsent].some((each) => namesKept(each).length > 0);
    if (wouldLose && navigator.onLine) open('sign-out');
    else signOut();
  };
}

/** A form, not a fetch: the answer may lead on to the provider, which ends its session too. */
export function signOut(): void {
  // Without a network nobody would be signed out, and what waits to be sent would be gone.
  if (!navigator.onLine) {
    const say = saying();
    showDone(say('You are offline. Sign out when you are back.'));
    return;
  }
  forgetKept();
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/logout';
  document.body.append(form);
  form.submit();
}
