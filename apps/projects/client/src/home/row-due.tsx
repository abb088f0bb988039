/** The due day of a row on Home, which puts it off there. Comes after the page stands. */
import type { MyToDo } from '../../../wire/my-work.ts';
import { useEditToDo } from '../api/changes.ts';
import { DuePick } from '../to-do/due-pick.tsx';

export function RowDue({ toDo: { projectKey: key, number, version, dueOn } }: { toDo: MyToDo }) {
  const edit = useEditToDo();
  return <DuePick value={dueOn} onPick={(day) => edit.mutate({ key, number, request: { version, dueOn: day } })} />;
}
