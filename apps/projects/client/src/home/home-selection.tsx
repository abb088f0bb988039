/** What can be done to the selected to-dos of Home, whichever projects they are of: all at once, with one undo. */
import { Button } from 'react-aria-components/Button';
import type { MyToDo } from '../../../wire/my-work.ts';
import type { ChangeSeveralRequest } from '../../../wire/to-do.ts';
import { useChangeSeveral } from '../api/several.ts';
import type { Selected } from '../kit/use-selected.ts';
import { leaveSelectionBar } from '../shell/roam.ts';
import { DuePick } from '../to-do/due-pick.tsx';
import { PriorityAct, SelectionFrame } from '../views/selection-frame.tsx';
import { useSay } from '../words/say.ts';

type HomeSelectionProps = {
  readonly toDos: readonly MyToDo[];
  readonly selected: Pick<Selected<string>, 'remove' | 'clear'>;
};

type Wish = (toDo: MyToDo) => ChangeSeveralRequest['change'];

export function HomeSelection({ toDos, selected: { remove, clear } }: HomeSelectionProps) {
  const say = useSay();
  const several = useChangeSeveral();
  const completing = useChangeSeveral((made) =>
    remove(made.flatMap(({ key, done }) => done.map((number) => `${key}-${number}`))),
  );
  /** What is said of one to-do of a project is said of all that are selected there. */
  const actsOf = (wish: Wish) =>
    [...Map.groupBy(toDos, ({ projectKey }) => projectKey)].map(([key, own]) => ({
      key,
      request: { numbers: own.map(({ number }) => number), change: own[0] && wish(own[0]) },
    }));
  const change = (wish: Wish): void => several.mutate(actsOf(wish));
  /** What is refused stays selected. The rows may be gone before the answer is there, and with them where the focus can go. */
  const complete = (): void => {
    leaveSelectionBar();
    completing.mutate(actsOf(({ doneStatusId }) => ({ statusId: doneStatusId ?? undefined })));
  };
  return (
    <SelectionFrame count={toDos.length} onClear={clear}>
      <Button className="button" onPress={complete}>
        {say('Mark as done')}
      </Button>
      <DuePick value={null} onPick={(dueOn) => change(() => ({ dueOn }))}>
        {say('Due')}
      </DuePick>
      <PriorityAct onPick={(priority) => change(() => ({ priority }))} />
    </SelectionFrame>
  );
}
