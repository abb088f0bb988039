/**
 * A line that makes one to-do after another: Enter empties it at once, so that the next one can be typed while the last is
 * still under way. A title that could not be kept comes back into the line, unless something else stands there by then.
 */
import { useRef, useState } from 'react';
import type { CreateToDoRequest } from '../../../wire/to-do.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';

type Unkept = { readonly title: string; readonly creationKey: string };

export function useWriting() {
  const create = useCreateToDo();
  const [title, setTitle] = useState('');
  // The same title sent again carries the same key, so that an answer that got lost makes no second to-do.
  const unkept = useRef<Unkept>(undefined);

  function send(key: string, rest: Omit<CreateToDoRequest, 'creationKey' | 'title'>): void {
    const text = title.trim();
    if (text === '') return;
    const creationKey = unkept.current?.title === text ? unkept.current.creationKey : newCreationKey();
    setTitle('');
    create.mutateAsync({ key, request: { ...rest, creationKey, title: text } }).then(
      () => {
        if (unkept.current?.creationKey === creationKey) unkept.current = undefined;
      },
      (error: unknown) => {
        unkept.current = { title: text, creationKey };
        setTitle((typed) => (typed === '' ? text : typed));
        showProblem(error);
      },
    );
  }

  return { title, setTitle, send };
}
