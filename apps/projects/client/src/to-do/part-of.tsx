/** Of which to-do a card or a line is a part: a step of something larger says so wherever it stands alone. */
import type { Card } from '../../../wire/to-do.ts';
import { useSay } from '../words/say.ts';

export function PartOf({ card: { projectKey, parentNumber } }: { card: Card }) {
  const say = useSay();
  return (
    <span>
      <span aria-hidden="true">↳ </span>
      <span className="visually-hidden">{say('A subtask of')} </span>
      {projectKey}-{parentNumber}
    </span>
  );
}
