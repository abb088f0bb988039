/**
 * How a bar is taken hold of: by pointer, where a day is crossed each `dayWidth` pixels, and by arrow keys, a day a press or
 * a week with Shift. What it would become is a draft until the pointer lets go, Enter is pressed, the focus leaves or the
 * keys rest for a moment; Esc drops it.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Span, shift } from './geometry.ts';

export type Part = 'whole' | 'start' | 'end';
/** How long the arrow keys rest before what they did is kept. */
const restMs = 900;
/** A pointer that moved less was a click. */
const clickPixelsMax = 3;

type BarOptions = {
  readonly span: Span;
  readonly dayWidth: number;
  readonly onKeep: (span: Span) => void;
  readonly onOpen: () => void;
};

export function useBar({ span, dayWidth, onKeep, onOpen }: BarOptions) {
  const [draft, setDraft] = useState<Span>();
  const grip = useRef<{ readonly part: Part; readonly x: number; moved: boolean }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The handlers of a timer see what is true when it rings.
  const latest = useRef<() => void>(undefined);
  latest.current = keep;
  useEffect(() => () => clearTimeout(timer.current), []);

  function keep(): void {
    clearTimeout(timer.current);
    setDraft(undefined);
    if (draft && (draft.startOn !== span.startOn || draft.endOn !== span.endOn)) onKeep(draft);
  }

  function drop(): void {
    clearTimeout(timer.current);
    grip.current = undefined;
    setDraft(undefined);
  }

  const handlers = (part: Part) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current = { part, x: event.clientX, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!grip.current) return;
      const pixels = event.clientX - grip.current.x;
      if (Math.abs(pixels) > clickPixelsMax) grip.current.moved = true;
      if (grip.current.moved) setDraft(shift(span, part, Math.round(pixels / dayWidth)));
    },
    onPointerUp() {
      const held = grip.current;
      grip.current = undefined;
      if (held?.moved) keep();
      else if (held && part === 'whole') onOpen();
    },
    onPointerCancel: drop,
    onBlur: keep,
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Escape' && draft) {
        event.stopPropagation();
        return drop();
      }
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        if (draft) keep();
        else if (part === 'whole') onOpen();
        return;
      }
      const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (direction === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      setDraft(shift(draft ?? span, part, direction * (event.shiftKey ? 7 : 1)));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current?.(), restMs);
    },
  });

  return { draft, handlers };
}
