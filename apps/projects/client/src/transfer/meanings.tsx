/**
 * What the values of a file become: those that name nothing here to be chosen for, and, folded away, those that were
 * understood.
 */
import { useState } from 'react';
import {
  type ChosenMeaning,
  type CsvMeaning,
  type CsvPreview,
  csvMeaningsMax,
  csvValueKey,
} from '../../../wire/csv.ts';
import type { Project } from '../../../wire/project.ts';
import { useSay } from '../words/say.ts';
import { sayCsvField } from './csv-words.ts';
import { MeaningPick } from './meaning-pick.tsx';

type MeaningsProps = {
  readonly project: Project;
  readonly preview: CsvPreview;
  readonly chosen: readonly ChosenMeaning[];
  readonly onChoose: (meaning: ChosenMeaning) => void;
};

export function Meanings(props: MeaningsProps) {
  const say = useSay();
  const { meanings, tooMany } = props.preview;
  const understood = meanings.filter(({ found }) => found === 'one');
  const others = meanings.filter(({ found }) => found !== 'one');
  return (
    <>
      {others.length > 0 && (
        <section aria-labelledby="meanings-name">
          <h3 id="meanings-name">{say('Choose what these become')}</h3>
          <MeaningList {...props} meanings={others} />
        </section>
      )}
      {tooMany.map(({ field, count }) => (
        <p key={field} className="fact-note">
          {say(
            '{field}: {count} different values stand in the file, and {max} of them can be chosen for here. Mend the others in the file, or check which column this is.',
            { field: sayCsvField(say, field), count, max: csvMeaningsMax },
          )}
        </p>
      ))}
      {understood.length > 0 && <Understood {...props} meanings={understood} />}
    </>
  );
}

type ListProps = MeaningsProps & { readonly meanings: readonly CsvMeaning[] };

function Understood(props: ListProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="transfer-understood" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {say('{count, plural, one {# value was understood} other {# values were understood}}', {
          count: props.meanings.length,
        })}
      </summary>
      {isOpen && <MeaningList {...props} />}
    </details>
  );
}

function MeaningList({ project, preview, chosen, onChoose, meanings }: ListProps) {
  const say = useSay();
  const chosenFor = new Map(chosen.map((each) => [csvValueKey(each), each.to]));
  return (
    <ul className="transfer-columns">
      {meanings.map((meaning) => {
        const { field, value, lines, found, to } = meaning;
        const choice = chosenFor.get(csvValueKey(meaning));
        const becomes = choice === undefined ? to : choice;
        return (
          <li key={csvValueKey(meaning)} className={becomes === undefined ? 'transfer-open' : undefined}>
            <span className="transfer-header">{value}</span>
            <MeaningPick
              label={say('{field} “{value}” becomes', { field: sayCsvField(say, field), value })}
              field={field}
              project={project}
              people={preview.people}
              value={becomes}
              onPick={(picked) => onChoose({ field, value, to: picked })}
            />
            <span className="fact-note">
              {say('{field}, {count, plural, one {# line} other {# lines}}', {
                field: sayCsvField(say, field),
                count: lines,
              })}
              {found === 'several' && ` · ${say('fits several people')}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
