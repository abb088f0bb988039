/** The field above a list of people that is not whole: whoever is not in it is found by letters of their name. */
import { useSay } from '../words/say.ts';

type FindPeopleProps = {
  readonly letters: string;
  readonly onType: (letters: string) => void;
  /** How many are shown for these letters; undefined while they are asked for. */
  readonly found: number | undefined;
};

export function FindPeople({ letters, onType, found }: FindPeopleProps) {
  const say = useSay();
  const isAsked = letters.trim() !== '' && found !== undefined;
  return (
    <>
      <div className="filters">
        <input
          className="input"
          type="search"
          aria-label={say('Search people')}
          placeholder={say('Type a name')}
          value={letters}
          maxLength={100}
          onChange={(event) => onType(event.target.value)}
        />
      </div>
      <p className="visually-hidden" role="status">
        {isAsked && found > 0 && say('{count, plural, one {# person} other {# people}}', { count: found })}
      </p>
      {isAsked && found === 0 && <p className="nobody">{say('Nobody of that name.')}</p>}
    </>
  );
}
