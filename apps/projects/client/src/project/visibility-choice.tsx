/** Who may see a project, in words. */
import type { Visibility } from '../../../wire/project.ts';

const choices: readonly { value: Visibility; name: string; note: string }[] = [
  { value: 'restricted', name: 'Members only', note: 'you, those you add, and managers of the workspace' },
  { value: 'all', name: 'Everyone here', note: 'each with the role they have in the workspace' },
];

export function VisibilityChoice({ value, onChange }: { value: Visibility; onChange: (value: Visibility) => void }) {
  return (
    <fieldset className="field choices">
      <legend>Who sees it</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name="visibility"
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.name} <span className="field-note">{choice.note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
