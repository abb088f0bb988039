/**
 * What a person chose for a CSV file, and what it becomes so. The last answer stays until there is another one; a choice that
 * is not in the project any more counts as not made, and nothing else that was chosen is lost.
 */
import { useState } from 'react';
import type { ChosenMeaning, CsvPreview } from '../../../wire/csv.ts';
import { ApiProblem } from '../api/problem.ts';
import { type CsvFile, useCsvPreview } from '../api/transfer.ts';

type Answered = { readonly preview?: CsvPreview | undefined; readonly error: unknown };

export function useCsvChoices(projectKey: string, csv: string) {
  const [file, setFile] = useState<CsvFile>({ csv, dayOrder: 'dayFirst', leaveOut: false, meanings: [] });
  const [gone, setGone] = useState<readonly ChosenMeaning[]>([]);
  const [last, setLast] = useState<Answered>({ error: null });
  const { data, error, isPending, refetch } = useCsvPreview(projectKey, file);
  const answered = isPending ? last : { preview: data ?? last.preview, error };

  /** Those that the server said are not there. */
  function drop(refusal: unknown): readonly ChosenMeaning[] {
    const refused = refusedOf(refusal, file.meanings);
    if (refused.length > 0)
      setFile((before) => ({ ...before, meanings: before.meanings.filter((each) => !refused.includes(each)) }));
    return refused;
  }

  // While rendering: what lies between is not shown.
  const refused = drop(error);
  if (refused.length > 0) setGone(refused);
  else if (answered.preview !== last.preview || answered.error !== last.error) setLast(answered);

  return {
    file,
    ...answered,
    /** Whether an answer to what is chosen now is still to come. */
    isPending,
    /** What was dropped because of the last choice. */
    gone,
    change(next: (before: CsvFile) => CsvFile): void {
      setGone([]);
      setFile(next);
    },
    drop,
    again: () => void refetch(),
  };
}

function refusedOf(refusal: unknown, meanings: readonly ChosenMeaning[]): readonly ChosenMeaning[] {
  const fields = refusal instanceof ApiProblem ? (refusal.problem.fields ?? []) : [];
  return meanings.filter((_, index) => fields.some(({ path }) => path === `meanings.${index}.to`));
}
