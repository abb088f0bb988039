/**
 * How planned hours are taken hold of: by pointer, the whole to another hour or its end to another length; by arrow keys, a
 * quarter of an hour a press, with Shift the length. The rest is as `use-held.ts` has it.
 */
import { useHeld } from '../kit/use-held.ts';
import { endOf, last, type Stretch, snap, startAt, stepMinutes } from './place.ts';

type Part = 'whole' | 'end';

type BlockOptions = {
  readonly stretch: Stretch;
  readonly minuteHeight: number;
  readonly onKeep: (stretch: Stretch) => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
};

const isSame = (a: Stretch, b: Stretch): boolean => a.startMinute === b.startMinute && a.minutes === b.minutes;

export function useBlock({ stretch, minuteHeight, onKeep, onOpen, onRemove }: BlockOptions) {
  const held = useHeld({ value: stretch, isSame, onKeep });
  const pointer = (part: Part) =>
    held.pointer({
      along: 'y',
      to(pixels) {
        const minutes = pixels / minuteHeight;
        return part === 'whole'
          ? startAt(stretch, snap(stretch.startMinute + minutes))
          : last(stretch, snap(endOf(stretch) + minutes) - stretch.startMinute);
      },
      onClick: part === 'whole' ? onOpen : undefined,
    });
  const keyboard = held.keyboard({
    to(now, key, withShift) {
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
      const step = key === 'ArrowUp' ? -stepMinutes : stepMinutes;
      return withShift ? last(now, now.minutes + step) : startAt(now, now.startMinute + step);
    },
    onOpen,
    onRemove,
  });
  return { draft: held.draft, pointer, keyboard };
}
