/** From which day to which somebody works on a to-do. */
import type { Card } from '../../../wire/to-do.ts';
import { DayField } from '../kit/day-field.tsx';
import { sayDate } from '../kit/day-words.ts';
import { useSay } from '../words/say.ts';
import { SideField } from './side-field.tsx';

type Days = Pick<Card, 'workStartOn' | 'workEndOn'>;
type WorkDaysProps = {
  readonly toDo: Days;
  readonly isDisabled?: boolean;
  readonly onSave: (change: Partial<Days>) => void;
};

export function WorkDays({ toDo: { workStartOn, workEndOn }, isDisabled = false, onSave }: WorkDaysProps) {
  const say = useSay();
  return (
    <>
      <WorkDay
        label={say('Work starts')}
        value={workStartOn}
        isDisabled={isDisabled}
        onSave={(day) => onSave({ workStartOn: day })}
      />
      <WorkDay
        label={say('Work ends')}
        value={workEndOn}
        isDisabled={isDisabled}
        onSave={(day) => onSave({ workEndOn: day })}
      />
    </>
  );
}

type WorkDayProps = {
  readonly label: string;
  readonly value: string | null;
  readonly isDisabled: boolean;
  readonly onSave: (day: string | null) => void;
};

function WorkDay({ label, value, isDisabled, onSave }: WorkDayProps) {
  const say = useSay();
  return (
    <SideField name={label}>
      {isDisabled ? (
        <span className="fact">
          <span className="visually-hidden">{label}: </span>
          {value === null ? <span className="pick-none">{say('No day')}</span> : sayDate(value)}
        </span>
      ) : (
        <DayField
          // A day that came in from elsewhere is shown.
          key={value}
          label={label}
          isLabelHidden
          value={value}
          onLeave={(day) => day !== value && onSave(day)}
        />
      )}
    </SideField>
  );
}
