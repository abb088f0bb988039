/** The way from a list to a to-do, which opens over it: once, however often it is pressed. */
import type { ReactNode, Ref } from 'react';
import { Link } from 'react-router';
import { isHere, toDoPath } from './places.ts';

type ToDoLinkProps = {
  readonly projectKey: string;
  readonly number: number;
  /** The address of the list. */
  readonly over: string;
  readonly className?: string;
  /** False inside what is dragged as a whole. */
  readonly draggable?: boolean;
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children: ReactNode;
};

export function ToDoLink({ projectKey, number, over, ...rest }: ToDoLinkProps) {
  const path = toDoPath(projectKey, number);
  return <Link to={path} state={{ over }} onClick={(event) => isHere(path) && event.preventDefault()} {...rest} />;
}
