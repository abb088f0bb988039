/** Says exactly when something begins and how long it takes. */
import { type FormEvent, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { PickField } from '../kit/pick-field.tsx';
import { useSay } from '../words/say.ts';
import { last, type Stretch, startAt } from './place.ts';
import { minuteOf, sayLength, timeValue } from './times.ts';

const lengths = [15, 30, 45, 60, 90, 120, 180, 240];
/** What the server takes. */
const gridMinutes = 5;

type TimeDialogProps = {
  readonly title: string;
  readonly stretch: Stretch;
  readonly onKeep: (stretch: Stretch) => void;
  readonly onClose: () => void;
};

export function TimeDialog({ title, stretch, onKeep, onClose }: TimeDialogProps) {
  const say = useSay();
  const [start, setStart] = useState(timeValue(stretch.startMinute));
  const [minutes, setMinutes] = useState(stretch.minutes);
  const offered = [...new Set([...lengths, stretch.minutes])].toSorted((a, b) => a - b);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const startMinute = minuteOf(start);
    if (startMinute === undefined) return;
    const onGrid = Math.round(startMinute / gridMinutes) * gridMinutes;
    onKeep(last(startAt({ startMinute: 0, minutes: gridMinutes }, onGrid), minutes));
    onClose();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <div className="side-by-side">
          <label className="field">
            {say('Begins at')}
            <input
              className="input"
              type="time"
              step={gridMinutes * 60}
              required
              value={start}
              onChange={(event) => setStart(event.target.value)}
            />
          </label>
          <PickField
            label={say('Takes')}
            choices={offered.map((length) => ({ id: String(length), name: sayLength(say, length) }))}
            value={String(minutes)}
            onPick={(id) => setMinutes(Number(id))}
          />
        </div>
        <div className="form-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            {say('Cancel')}
          </button>
          <button type="submit" className="button button-primary">
            {say('Plan it')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
