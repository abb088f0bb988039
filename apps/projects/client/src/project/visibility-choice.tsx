/** Who may see a project, in words. Open to a company only once the project has one. */
import type { Visibility } from '../../../wire/project.ts';
import { useSay } from '../words/say.ts';

type ChoiceProps = {
  readonly value: Visibility;
  /** The name of the company the project is for, if any. */
  readonly company?: string | undefined;
  readonly onChange: (value: Visibility) => void;
};

export function VisibilityChoice({ value, company, onChange }: ChoiceProps) {
  const say = useSay();
  const choices: readonly { value: Visibility; name: string; note: string }[] = [
    {
      value: 'restricted',
      name: say('Members only'),
      note: say('you, those you add, and managers of the workspace'),
    },
    ...(company === undefined
      ? []
      : [
          {
            value: 'clients' as const,
            name: say('Everyone of {company}', { company }),
            note: say('and members and managers of the workspace'),
          },
        ]),
    { value: 'all', name: say('Everyone here'), note: say('each with the role they have in the workspace') },
  ];
  return (
    <fieldset className="field choices">
      <legend>{say('Who sees it')}</legend>
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
