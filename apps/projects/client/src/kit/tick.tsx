/**
 * A box to tick whose choice is kept at once. It shows the choice from the click on, while that is being kept; a click whose
 * state came a moment later would be drawn unticked in between.
 */
import { type ComponentProps, startTransition, useOptimistic } from 'react';

type TickProps = Omit<ComponentProps<'input'>, 'type' | 'onChange'> & {
  readonly checked: boolean;
  /** Settles when the choice is kept. Whoever keeps it tells of a failure; the box then shows what holds. */
  readonly onTick: (checked: boolean) => Promise<unknown>;
};

export function Tick({ checked, onTick, ...rest }: TickProps) {
  const [shown, show] = useOptimistic(checked);
  const tick = (next: boolean): void =>
    startTransition(async () => {
      show(next);
      await onTick(next).catch(() => undefined);
    });
  return <input {...rest} type="checkbox" checked={shown} onChange={(event) => tick(event.target.checked)} />;
}
