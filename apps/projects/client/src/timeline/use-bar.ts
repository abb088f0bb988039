/**
 * How a bar is taken hold of: by pointer, where a day is crossed each `dayWidth` pixels, and by arrow keys, a day a press or
 * a week with Shift. The rest is as `use-held.ts` has it.
 */
import { useHeld } from '../kit/use-held.ts';
import { type Span, shift } from './geometry.ts';

export type Part = 'whole' | 'start' | 'end';

type BarOptions = {
  readonly span: Span;
  readonly dayWidth: number;
  readonly onKeep: (span: Span) => void;
  readonly onOpen: () => void;
};

const isSame = (a: Span, b: Span): boolean => a.startOn === b.startOn && a.endOn === b.endOn;

export function useBar({ span, dayWidth, onKeep, onOpen }: BarOptions) {
  const held = useHeld({ value: span, isSame, onKeep });
  const handlers = (part: Part) => {
    const open = part === 'whole' ? onOpen : undefined;
    return {
      ...held.pointer({
        along: 'x',
        to: (pixels) => shift(span, part, Math.round(pixels / dayWidth)),
        onClick: open,
      }),
      ...held.keyboard({
        to(now, key, withShift) {
          if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
          return shift(now, part, (key === 'ArrowLeft' ? -1 : 1) * (withShift ? 7 : 1));
        },
        onOpen: open,
      }),
    };
  };
  return { draft: held.draft, handlers };
}
