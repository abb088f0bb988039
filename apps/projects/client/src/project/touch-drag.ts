/**
 * A card under a finger: held for a moment it is lifted, then it goes where the finger goes, and it is put down where a line
 * shows. A finger that moves at once scrolls, as everywhere. Knows the page's elements and no data: a list of cards says what
 * a drop means (`onTouchDrop`). Pointer and keyboard have React Aria's way.
 */
import { useEffect } from 'react';

const holdMs = 300;
/** A finger is never quite still. */
const stillPixels = 8;
const edgePixels = 44;
const stepPixels = 9;

type Drop = (number: number, afterNumber: number | null) => void;
const drops = new WeakMap<Element, Drop>();

/** The list takes cards by touch. `number` comes to stand after `afterNumber`, or first. */
export function onTouchDrop(list: Element | null, drop: Drop | undefined): void {
  if (!list) return;
  if (drop) drops.set(list, drop);
  else drops.delete(list);
}

type Place = { readonly list: Element; readonly afterNumber: number | null; readonly line: DOMRect };

/** For as long as the board is on the page. */
export function useTouchDrag(isDisabled: boolean): void {
  useEffect(() => (isDisabled ? undefined : listen()), [isDisabled]);
}

function listen(): () => void {
  let lift: ReturnType<typeof createLift> | undefined;
  let waiting: { readonly timer: number; readonly x: number; readonly y: number } | undefined;

  function onTouchStart(event: TouchEvent): void {
    stopWaiting();
    const touch = event.touches[0];
    const card = cardAt(event.target);
    if (!touch || !card || event.touches.length > 1) {
      end(false);
      return;
    }
    const { clientX: x, clientY: y } = touch;
    const timer = window.setTimeout(() => {
      waiting = undefined;
      // Nobody is to open or select the card that is lifted.
      card.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true, pointerType: 'touch' }));
      lift = createLift(card, x, y);
    }, holdMs);
    waiting = { timer, x, y };
  }

  function onTouchMove(event: TouchEvent): void {
    const touch = event.touches[0];
    if (!touch) return;
    if (lift) {
      // The page would scroll under the card.
      event.preventDefault();
      lift.moveTo(touch.clientX, touch.clientY);
    } else if (waiting && Math.hypot(touch.clientX - waiting.x, touch.clientY - waiting.y) > stillPixels) stopWaiting();
  }

  function onTouchEnd(event: TouchEvent): void {
    stopWaiting();
    // No click follows what was a drag.
    if (lift) event.preventDefault();
    end(true);
  }

  const onTouchCancel = (): void => {
    stopWaiting();
    end(false);
  };

  /** The browser's own drag and its menu begin with a long press, too. */
  function onRival(event: Event): void {
    if (!lift && !waiting) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function stopWaiting(): void {
    window.clearTimeout(waiting?.timer);
    waiting = undefined;
  }

  function end(isDone: boolean): void {
    lift?.end(isDone);
    lift = undefined;
  }

  const listening = new AbortController();
  const active = { signal: listening.signal, passive: false, capture: true };
  document.addEventListener('touchstart', onTouchStart, { ...active, passive: true });
  document.addEventListener('touchmove', onTouchMove, active);
  document.addEventListener('touchend', onTouchEnd, active);
  document.addEventListener('touchcancel', onTouchCancel, active);
  document.addEventListener('dragstart', onRival, active);
  document.addEventListener('contextmenu', onRival, active);
  return () => {
    listening.abort();
    stopWaiting();
    end(false);
  };
}

/** What is pressed in a card, such as its menu, is not the card. */
function cardAt(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element) || target.closest('button, a, input, label')) return undefined;
  const card = target.closest<HTMLElement>('.card');
  return card?.closest('.cards') ? card : undefined;
}

function createLift(card: HTMLElement, startX: number, startY: number) {
  const from = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  const line = document.createElement('div');
  const number = Number(card.dataset.number);
  let at = { x: startX, y: startY };
  let place: Place | undefined;
  let frame = 0;

  ghost.removeAttribute('data-roam');
  ghost.inert = true;
  ghost.className = 'card card-ghost';
  ghost.style.inlineSize = `${from.width}px`;
  line.className = 'drop-line';
  card.classList.add('card-lifted');
  document.body.append(ghost, line);
  document.body.classList.add('is-lifting');
  navigator.vibrate?.(10);

  function show(): void {
    ghost.style.transform = `translate(${from.left + at.x - startX}px, ${from.top + at.y - startY}px)`;
    place = placeAt(at.x, at.y, number);
    line.hidden = place === undefined;
    if (!place) return;
    line.style.transform = `translate(${place.line.x}px, ${place.line.y}px)`;
    line.style.inlineSize = `${place.line.width}px`;
  }

  /** At the edge of what scrolls it goes on, for as long as the finger stays there. */
  function run(): void {
    const moved = scrollAt(at.x, at.y);
    if (moved) show();
    frame = requestAnimationFrame(run);
  }

  show();
  frame = requestAnimationFrame(run);

  return {
    moveTo(x: number, y: number): void {
      at = { x, y };
      show();
    },
    end(isDone: boolean): void {
      cancelAnimationFrame(frame);
      ghost.remove();
      line.remove();
      card.classList.remove('card-lifted');
      document.body.classList.remove('is-lifting');
      const isMoved = Math.hypot(at.x - startX, at.y - startY) > stillPixels;
      if (isDone && isMoved && place) drops.get(place.list)?.(number, place.afterNumber);
    },
  };
}

function placeAt(x: number, y: number, moved: number): Place | undefined {
  const list = document.elementFromPoint(x, y)?.closest('.column, .lane-cell')?.querySelector('.cards');
  if (!list || !drops.has(list)) return undefined;
  const others = [...list.querySelectorAll<HTMLElement>('.card')].filter(
    ({ dataset }) => Number(dataset.number) !== moved,
  );
  const before = others.filter((card) => {
    const { top, height } = card.getBoundingClientRect();
    return y > top + height / 2;
  });
  const last = before.at(-1);
  const box = list.getBoundingClientRect();
  const top = last ? last.getBoundingClientRect().bottom + 3 : box.top - 3;
  return { list, afterNumber: last ? Number(last.dataset.number) : null, line: new DOMRect(box.x, top, box.width, 2) };
}

/** Whether anything scrolled. */
function scrollAt(x: number, y: number): boolean {
  const under = document.elementFromPoint(x, y);
  const board = under?.closest('.board, .swim-board');
  const column = under?.closest('.column')?.querySelector('.column-body') ?? board;
  const acrossBy = board ? stepAt(x, board.getBoundingClientRect().left, board.getBoundingClientRect().right) : 0;
  const downBy = column ? stepAt(y, column.getBoundingClientRect().top, column.getBoundingClientRect().bottom) : 0;
  if (scroll(board, acrossBy, 0) || scroll(column, 0, downBy)) return true;
  // In a low window nothing but the page scrolls.
  return scroll(document.scrollingElement, 0, stepAt(y, 0, window.innerHeight));
}

function stepAt(at: number, start: number, end: number): number {
  if (at < start + edgePixels) return -stepPixels;
  return at > end - edgePixels ? stepPixels : 0;
}

function scroll(element: Element | null | undefined, left: number, top: number): boolean {
  if (!element || (left === 0 && top === 0)) return false;
  const before = element.scrollLeft + element.scrollTop;
  element.scrollBy(left, top);
  return element.scrollLeft + element.scrollTop !== before;
}
