/** One bar: what it is, how far it is, and a grip at each end. Everything a pointer can do, the arrow keys can. */
import { type CSSProperties, type RefCallback, useCallback, useState } from 'react';
import type { StatusTone } from '../../../wire/project.ts';
import { sayDate, sayRange } from '../kit/day-words.ts';
import { useSay } from '../words/say.ts';
import { type Scale, type Span, widthOf, xOf } from './geometry.ts';
import { useBar } from './use-bar.ts';

type BarProps = {
  readonly title: string;
  readonly span: Span;
  readonly scale: Scale;
  readonly tone: StatusTone;
  readonly share: number | null;
  readonly kind: 'milestone' | 'to-do';
  readonly isDone: boolean;
  /** What is wrong with its days, in words. */
  readonly conflict: string | undefined;
  readonly mayEdit: boolean;
  readonly onKeep: (span: Span) => void;
  readonly onOpen: () => void;
};

/** No bar is narrower than what can be seen. */
const widthMin = 8;
/** What a bar needs beside the words to hold its title, and beside the sign that something is wrong. */
const titleGap = 14;
const signGap = 18;

export function Bar({ title, span, scale, tone, share, kind, isDone, conflict, mayEdit, onKeep, onOpen }: BarProps) {
  const say = useSay();
  const { draft, handlers } = useBar({ span, dayWidth: scale.dayWidth, onKeep, onOpen });
  const shown = draft ?? span;
  const width = Math.max(widthMin, widthOf(scale, shown));
  const words = useWidth();
  const fits = words.width + titleGap + (conflict ? signGap : 0) <= width;
  const style: CSSProperties = { insetInlineStart: xOf(scale, shown.startOn), inlineSize: width };
  const days = sayRange(shown.startOn, shown.endOn);
  const name = conflict
    ? say('{title}, {days}. {conflict}', { title, days, conflict })
    : say('{title}, {days}', { title, days });
  const marks = `${isDone ? ' bar-done' : ''}${conflict ? ' bar-conflict' : ''}${draft ? ' bar-held' : ''}${fits ? '' : ' bar-short'}`;
  if (!mayEdit)
    return (
      <button type="button" className={`bar bar-${kind} fill-${tone}${marks}`} style={style} onClick={onOpen}>
        <Face title={title} words={words.measure} share={share} isConflict={conflict !== undefined} />
        <span className="visually-hidden">{name}</span>
      </button>
    );
  return (
    <div className={`bar bar-${kind} fill-${tone}${marks}`} style={style}>
      <button
        type="button"
        className="bar-whole"
        aria-label={name}
        aria-describedby="timeline-keys"
        {...handlers('whole')}
      >
        <Face title={title} words={words.measure} share={share} isConflict={conflict !== undefined} />
      </button>
      <Grip
        label={say('First day of {title}', { title })}
        day={shown.startOn}
        scale={scale}
        side="start"
        {...handlers('start')}
      />
      <Grip
        label={say('Last day of {title}', { title })}
        day={shown.endOn}
        scale={scale}
        side="end"
        {...handlers('end')}
      />
      {draft && (
        <output className="bar-days" aria-live="polite">
          {days}
        </output>
      )}
    </div>
  );
}

type FaceProps = Pick<BarProps, 'title' | 'share'> & {
  readonly words: RefCallback<HTMLElement>;
  readonly isConflict: boolean;
};

function Face({ title, words, share, isConflict }: FaceProps) {
  return (
    <>
      {share !== null && <span className="bar-share" style={{ inlineSize: `${Math.floor(share * 100)}%` }} />}
      {isConflict && (
        <svg className="bar-sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M8 1.5 15 14H1z" />
          <path className="bar-sign-mark" d="M8 6v4M8 12h.01" />
        </svg>
      )}
      <span className="bar-title" aria-hidden="true">
        <span className="bar-title-words" ref={words}>
          {title}
        </span>
      </span>
    </>
  );
}

/** How wide something is, in whichever typeface it comes to stand. */
function useWidth() {
  const [width, setWidth] = useState(0);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.offsetWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { width, measure };
}

type GripProps = {
  readonly label: string;
  readonly day: string;
  readonly scale: Scale;
  readonly side: 'start' | 'end';
} & ReturnType<ReturnType<typeof useBar>['handlers']>;

function Grip({ label, day, scale, side, ...handlers }: GripProps) {
  return (
    <div
      className={`bar-grip bar-grip-${side}`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={scale.days}
      aria-valuenow={Math.round(xOf(scale, day) / scale.dayWidth)}
      aria-valuetext={sayDate(day)}
      {...handlers}
    />
  );
}
