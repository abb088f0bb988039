/** What a form does that makes a thing, and changes it when it is there. */
import { useState } from 'react';
import { newCreationKey } from './client.ts';

type Saving = { readonly error: Error | null; readonly isPending: boolean };

/** What `useMutation` answers, as far as it is needed here. */
type Change<Variables> = Saving & {
  readonly mutate: (variables: Variables, options: { onSuccess: () => void }) => void;
};

/** All that somebody says in the form. */
type Said<Request> = Omit<Request, 'creationKey'>;

type MakeOrEdit<Request> = Saving & {
  /** `done` is called when the server has taken it, if the form is still there. */
  save(said: Said<Request>, done: () => void): void;
};

/**
 * `Request` is what makes the thing. The creation key is the form's own, so that a form that is sent twice makes one thing.
 */
export function useMakeOrEdit<Request>(
  thing: { readonly id: string; readonly version: number } | undefined,
  create: Change<Said<Request> & { creationKey: string }>,
  edit: Change<{ id: string; request: Said<Request> & { version: number } }>,
): MakeOrEdit<Request> {
  const [creationKey] = useState(newCreationKey);
  return {
    error: create.error ?? edit.error,
    isPending: create.isPending || edit.isPending,
    save(said, onSuccess) {
      if (thing) edit.mutate({ id: thing.id, request: { ...said, version: thing.version } }, { onSuccess });
      else create.mutate({ ...said, creationKey }, { onSuccess });
    },
  };
}
