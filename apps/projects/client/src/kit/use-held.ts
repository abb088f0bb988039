/**
 * How a thing on a scale is taken hold of, by pointer or by arrow keys. What it would become is a draft until the pointer lets
 * go, Enter is pressed, the focus leaves or the keys rest for a moment; Esc drops it. Knows no scale: whoever uses it says
 * what pixels and keys mean.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** How long the arrow keys rest before what they did is kept. */
const restMs = 900;
/** A pointer that moved less was a click. */
const clickPixelsMax = 3;

type HeldOptions<Value> = {
  readonly value: Value;
  readonly isSame: (a: Value, b: Value) => boolean;
  readonly onKeep: (value: Value) => void;
};

type PointerMeaning<Value> = {
  readonly along: 'x' | 'y';
  /** What it becomes that many pixels from where it was taken hold of. */
  readonly to: (pixels: number) => Value;
  readonly onClick?: (() => void) | undefined;
};

type KeyMeaning<Value> = {
  /** What a press makes of what it is now; undefined for a key that means nothing. */
  readonly to: (now: Value, key: string, withShift: boolean) => Value | undefined;
  readonly onOpen?: (() => void) | undefined;
  readonly onRemove?: () => void;
};

export function useHeld<Value>({ value, isSame, onKeep }: HeldOptions<Value>) {
  const [draft, setDraft] = useState<Value>();
  // A pointer lets go, or Enter is pressed, before what it did last is drawn.
  const newest = useRef<Value>(undefined);
  const grip = useRef<{ readonly at: number; moved: boolean }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The handlers of a timer see what is true when it rings.
  const latest = useRef<() => void>(undefined);
  latest.current = keep;
  useEffect(() => () => clearTimeout(timer.current), []);

  function become(next: Value | undefined): void {
    newest.current = next;
    setDraft(next);
  }

  function keep(): void {
    clearTimeout(timer.current);
    const kept = newest.current;
    become(undefined);
    if (kept !== undefined && !isSame(kept, value)) onKeep(kept);
  }

  function drop(): void {
    clearTimeout(timer.current);
    grip.current = undefined;
    become(undefined);
  }

  function pointer({ along, to, onClick }: PointerMeaning<Value>) {
    const at = (event: PointerEvent): number => (along === 'x' ? event.clientX : event.clientY);
    return {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { at: at(event), moved: false };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!grip.current) return;
        const pixels = at(event) - grip.current.at;
        if (Math.abs(pixels) > clickPixelsMax) grip.current.moved = true;
        if (grip.current.moved) become(to(pixels));
      },
      onPointerUp() {
        const held = grip.current;
        grip.current = undefined;
        if (held?.moved) keep();
        else if (held) onClick?.();
      },
      onPointerCancel: drop,
    };
  }

  function keyboard({ to, onOpen, onRemove }: KeyMeaning<Value>) {
    return {
      onBlur: keep,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.key === 'Escape' && newest.current !== undefined) {
          event.stopPropagation();
          drop();
        } else if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          if (newest.current === undefined) onOpen?.();
          else keep();
        } else if (onRemove && (event.key === 'Delete' || event.key === 'Backspace')) {
          event.preventDefault();
          onRemove();
        } else if (!event.altKey && !event.ctrlKey && !event.metaKey) {
          const next = to(newest.current ?? value, event.key, event.shiftKey);
          if (next === undefined) return;
          event.preventDefault();
          become(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => latest.current?.(), restMs);
        }
      },
    };
  }

  return { draft, pointer, keyboard };
}
