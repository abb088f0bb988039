/** How much of something is done: a bar, the number beside it, and the same in words for who does not see it. */
import { useSay } from '../words/say.ts';
import '../styles/progress.css';

type ProgressProps = {
  /** 0 to 1; null when there is nothing to measure yet. */
  readonly share: number | null;
  /** What it is the progress of. */
  readonly label: string;
  readonly tone?: 'accent' | 'grey' | 'red' | 'amber' | 'green';
};

export function ProgressBar({ share, label, tone = 'accent' }: ProgressProps) {
  const say = useSay();
  const percent = Math.floor((share ?? 0) * 100);
  return (
    <div className="progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className={`progress-fill fill-${tone}`} style={{ inlineSize: `${percent}%` }} />
      </div>
      <span className="progress-number" aria-hidden="true">
        {share === null ? say('–') : say('{percent} %', { percent })}
      </span>
    </div>
  );
}
