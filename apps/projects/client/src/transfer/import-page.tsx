/** Brings to-dos from a CSV file into a project: choose it, see what it would become, take all of it or nothing. */
import { type Ref, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import {
  type ChosenMeaning,
  type CsvField,
  type CsvPreview,
  csvFields,
  csvRowsMax,
  csvValueKey,
  type LineNote,
  noTitleColumn,
} from '../../../wire/csv.ts';
import type { Project } from '../../../wire/project.ts';
import { newCreationKey } from '../api/client.ts';
import { useProject } from '../api/queries.ts';
import { useImportCsv } from '../api/transfer.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useFocusBack } from '../kit/focus.ts';
import { Pick } from '../kit/pick.tsx';
import { PickField } from '../kit/pick-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { ProjectFrame } from '../project/project-frame.tsx';
import { boardPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { sayCsvField } from './csv-words.ts';
import { FileChoice } from './file-choice.tsx';
import { Meanings } from './meanings.tsx';
import { NotRead } from './not-read.tsx';
import { useCsvChoices } from './use-csv-choices.ts';
import '../styles/people.css';
import '../styles/transfer.css';

export function ImportPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const reading = useProject(key);
  const [chosen, setChosen] = useState<{ name: string; csv: string; choice: number }>();
  return (
    <ProjectFrame name={say('Import to-dos')} reading={reading}>
      {(project) => (
        <div className="project-scroll">
          <div className="page transfer">
            <h2 className="page-title">{say('Import to-dos from a CSV file')}</h2>
            <p className="lead">
              {say('Any table will do, also one from Leantime: its first line names the columns.')}{' '}
              {say('You see first what it would become. At most {max} lines at once.', { max: csvRowsMax })}
            </p>
            {project.may.importInto ? (
              <>
                <div className="transfer-file">
                  <FileChoice
                    label={chosen ? say('Choose another file') : say('Choose a file')}
                    accept=".csv,.tsv,.txt,text/csv"
                    onText={(csv, name) => setChosen((before) => ({ csv, name, choice: (before?.choice ?? 0) + 1 }))}
                  />
                  {chosen && <span className="fact-note">{chosen.name}</span>}
                </div>
                {chosen && <Import key={chosen.choice} project={project} csv={chosen.csv} />}
              </>
            ) : (
              <p className="nobody">{say('You may look at this project and not import into it.')}</p>
            )}
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}

function Import({ project, csv }: { project: Project; csv: string }) {
  const say = useSay();
  const projectKey = project.key;
  const navigate = useNavigate();
  const [creationKey] = useState(newCreationKey);
  const { file, preview, error, isPending, gone, change, drop, again } = useCsvChoices(projectKey, csv);
  const take = useImportCsv(projectKey, creationKey);
  const list = useRef<HTMLUListElement>(null);
  useFocusBack(Boolean(error), () =>
    document.activeElement === document.body ? list.current?.querySelector('button') : null,
  );
  const notRead = <NotRead error={error} isReading={isPending} onAgain={again} />;
  if (!preview) return error ? notRead : <p className="fact-note">{say('Reading the file…')}</p>;
  const fields = file.columns ?? preview.columns.map(({ field }) => field);
  const setColumn = (index: number, field: CsvField | null) => {
    const columns = fields.map((each, at) => {
      if (at === index) return field;
      return each === field ? null : each;
    });
    // What was chosen was for the values of another column.
    const moved = [fields[index], field];
    change((before) => ({
      ...before,
      columns,
      meanings: before.meanings.filter((each) => !moved.includes(each.field)),
    }));
  };
  const choose = (meaning: ChosenMeaning) =>
    change((before) => {
      const others = before.meanings.filter((each) => csvValueKey(each) !== csvValueKey(meaning));
      return { ...before, meanings: [...others, meaning] };
    });
  const isRead = !isPending && !error;
  const fits = preview.problems.length === 0 && isRead;
  // What is chosen here is not mended in the file.
  const ofLines = preview.problems.filter(({ sentence }) => sentence !== noTitleColumn);
  const inFile = ofLines.filter(({ about }) => !about);
  return (
    <>
      {notRead}
      {gone.length > 0 && <Gone meanings={gone} />}
      {ofLines.length < preview.problems.length && (
        <p className="form-problem" role="alert">
          {say.marked(noTitleColumn)}
        </p>
      )}
      <Columns ref={list} preview={preview} fields={fields} onColumn={setColumn} />
      <Meanings project={project} preview={preview} chosen={file.meanings} onChoose={choose} />
      <PickField
        label={say('Days like 03/04/2026 are')}
        choices={[
          { id: 'dayFirst', name: say('day first: 3 April') },
          { id: 'monthFirst', name: say('month first: 4 March') },
        ]}
        value={file.dayOrder}
        onPick={(dayOrder) => change((before) => ({ ...before, dayOrder }))}
      />
      <Lines title={say('What has to be mended in the file first')} lines={inFile} tone="transfer-problems" />
      <Lines title={say('What is left out')} lines={preview.leftOut} tone="transfer-notes" />
      {(ofLines.length > 0 || file.leaveOut) && (
        <label className="choice">
          <input
            type="checkbox"
            checked={file.leaveOut}
            onChange={({ target }) => change((before) => ({ ...before, leaveOut: target.checked }))}
          />
          {say('Leave out the lines that cannot be read')}
        </label>
      )}
      <Lines
        title={say('What is taken otherwise')}
        lines={preview.notes.filter(({ about }) => !about)}
        tone="transfer-notes"
      />
      {preview.more > 0 && (
        <p className="fact-note">
          {say('{count, plural, one {# line more is not listed.} other {# lines more are not listed.}}', {
            count: preview.more,
          })}
        </p>
      )}
      {preview.columns.some(({ field }) => field === 'number') && (
        <p className="fact-note">
          {say('All of them become new to-dos; the numbers in the file only say which is part of which.')}
        </p>
      )}
      {preview.newTags.length > 0 && (
        <p className="fact-note">{say('New tags: {names}', { names: preview.newTags.join(', ') })}</p>
      )}
      <Problem error={take.error} />
      <div className="transfer-act">
        <ActButton
          type="button"
          className="button button-primary"
          disabled={!fits}
          isPending={take.isPending}
          onClick={() =>
            take.mutate(file, {
              onSuccess: () => void navigate(boardPath(projectKey)),
              onError: (refusal) => void drop(refusal),
            })
          }
        >
          {say('{count, plural, one {Import # to-do} other {Import # to-dos}}', { count: preview.rows })}
        </ActButton>
        {!fits && isRead && (
          <span className="fact-note">
            {preview.problems.every(({ about }) => about)
              ? say('Choose first what each value becomes.')
              : say('All lines or none: nothing is taken yet.')}
          </span>
        )}
      </div>
    </>
  );
}

/** Values for which something was chosen that is not there any more. */
function Gone({ meanings }: { meanings: readonly ChosenMeaning[] }) {
  const say = useSay();
  const each = meanings.map(({ value }) =>
    say('What was chosen for “{value}” is not in this project, or not any more.', { value }),
  );
  return (
    <p className="form-problem" role="alert">
      {[...each, say('Look at what is chosen now.')].join(' ')}
    </p>
  );
}

type ColumnsProps = {
  readonly ref: Ref<HTMLUListElement>;
  readonly preview: CsvPreview;
  /** What each of them is. */
  readonly fields: readonly (CsvField | null)[];
  readonly onColumn: (index: number, field: CsvField | null) => void;
};

/** A line a column rather than a wide table: what it is called, what it is, what stands in it. */
function Columns({ ref, preview: { columns }, fields, onColumn }: ColumnsProps) {
  const say = useSay();
  // A file may name two columns alike: their order is all that tells them apart.
  const placed = columns.map((column, index) => ({ ...column, field: fields[index], index }));
  return (
    <ul ref={ref} className="transfer-columns" aria-label={say('Columns of the file')}>
      {placed.map(({ header, field, sample, index }) => (
        <li key={index}>
          <span className="transfer-header">{header || say('Column {number}', { number: index + 1 })}</span>
          <Pick
            label={say('“{name}” is', { name: header || String(index + 1) })}
            choices={[
              { id: 'none', name: say('left out') },
              ...csvFields.map((each) => ({ id: each, name: sayCsvField(say, each) })),
            ]}
            value={field ?? 'none'}
            onPick={(id) => onColumn(index, id === 'none' ? null : id)}
          >
            {field ? sayCsvField(say, field) : say('left out')}
          </Pick>
          <span className="fact-note transfer-sample">{sample.join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

function Lines({ title, lines, tone }: { title: string; lines: readonly LineNote[]; tone: string }) {
  const say = useSay();
  if (lines.length === 0) return null;
  return (
    <section className={tone} aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {lines.map(({ line, field, message, sentence, values }) => {
          const problem = say.marked(sentence, values);
          return (
            <li key={`${line} ${message}`}>
              <b>{say('Line {line}', { line })}</b>{' '}
              {field ? say('{field}: {problem}', { field: sayCsvField(say, field), problem }) : problem}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
