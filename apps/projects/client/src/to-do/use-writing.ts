/**
 * A line that makes one to-do after another: Enter empties it at once, so that the next one can be typed while the last is
 * still under way. A line that could not be kept comes back, unless something else stands there by then.
 */
import { useRef, useState } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import type { CreateToDoRequest } from '../../../wire/to-do.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';
import { readLine, requestOf } from './quick-line.tsx';

type Unkept = { readonly line: string; readonly creationKey: string };

export function useWriting(people: readonly PersonRef[]) {
  const create = useCreateToDo();
  const [line, setLine] = useState('');
  // The same line sent again carries the same key, so that an answer that got lost makes no second to-do.
  const unkept = useRef<Unkept>(undefined);

  /** Makes a to-do in the project from what stands in the line; what the line does not name comes from `defaults`. */
  function send(key: string, defaults: Omit<CreateToDoRequest, 'creationKey' | 'title'>): void {
    const text = line.trim();
    const request = requestOf(readLine(text, people), defaults);
    if (request.title === '') return;
    const creationKey = unkept.current?.line === text ? unkept.current.creationKey : newCreationKey();
    setLine('');
    create.mutateAsync({ key, request: { ...request, creationKey } }).then(
      () => {
        if (unkept.current?.creationKey === creationKey) unkept.current = undefined;
      },
      (error: unknown) => {
        unkept.current = { line: text, creationKey };
        setLine((typed) => (typed === '' ? text : typed));
        showProblem(error);
      },
    );
  }

  return { line, setLine, send };
}
