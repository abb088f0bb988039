/**
 * A line that makes one to-do after another: Enter empties it at once, so that the next one can be typed while the last is
 * still under way. A line that could not be kept comes back, unless something else stands there by then.
 */
import { useRef, useState } from 'react';
import type { QuickAdd } from '../../../wire/quick-add.ts';
import type { Card, CreateToDoRequest } from '../../../wire/to-do.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';
import { requestOf } from './quick-line.tsx';

type Unkept = { readonly line: string; readonly creationKey: string };

type Sending = {
  readonly key: string;
  /** What the line says. */
  readonly said: QuickAdd;
  /** What it does not name. */
  readonly defaults: Omit<CreateToDoRequest, 'creationKey' | 'title'>;
  readonly onMade?: (card: Card) => void;
};

export function useWriting() {
  const create = useCreateToDo();
  const [line, setLine] = useState('');
  // The same line sent again carries the same key, so that an answer that got lost makes no second to-do.
  const unkept = useRef<Unkept>(undefined);

  /** Makes a to-do in the project of that key. */
  function send({ key, said, defaults, onMade }: Sending): void {
    const text = line.trim();
    const request = requestOf(said, defaults);
    if (request.title === '') return;
    const creationKey = unkept.current?.line === text ? unkept.current.creationKey : newCreationKey();
    setLine('');
    create.mutateAsync({ key, request: { ...request, creationKey } }).then(
      ({ card }) => {
        if (unkept.current?.creationKey === creationKey) unkept.current = undefined;
        onMade?.(card);
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
