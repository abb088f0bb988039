/** Takes to-dos out of a project and into it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChosenMeaning, CsvField, CsvImported, CsvPreviewAnswer, DayOrder } from '../../../wire/csv.ts';
import type { DuplicateProjectRequest, ProjectDuplicated } from '../../../wire/duplicate.ts';
import type { ProjectImported, ProjectPreviewAnswer } from '../../../wire/project-file.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { callApi } from './client.ts';
import { retryUpTo } from './problem.ts';
import { keys } from './queries.ts';

export type CsvFile = {
  readonly csv: string;
  /** Left out, the names of the columns tell what they are. */
  readonly columns?: (CsvField | null)[];
  readonly dayOrder: DayOrder;
  /** Whether lines that cannot be read are left out. */
  readonly leaveOut: boolean;
  readonly meanings: readonly ChosenMeaning[];
};

export function useCsvPreview(key: string, file: CsvFile) {
  return useQuery({
    queryKey: ['csv-preview', key, file],
    queryFn: async () =>
      (await callApi<CsvPreviewAnswer>('POST', `/projects/${key}/imports/to-dos/preview`, file)).preview,
    staleTime: Infinity,
    gcTime: 0,
    retry: retryUpTo(1),
  });
}

export function useImportCsv(key: string, creationKey: string) {
  const say = useSay();
  const cache = useQueryClient();
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.board(key) });
    void cache.invalidateQueries({ queryKey: keys.myWork });
  };
  const undo = (changeId: string): void => {
    callApi('POST', `/projects/${key}/undo`, { changeId }).then(refresh, showProblem);
  };
  return useMutation({
    mutationFn: (file: CsvFile) =>
      callApi<CsvImported>('POST', `/projects/${key}/imports/to-dos`, { creationKey, ...file }),
    onSuccess({ count, changeId }) {
      refresh();
      const text = say('{count, plural, one {# to-do imported.} other {# to-dos imported.}}', { count });
      showDone(text, changeId === null ? undefined : { name: say('Undo'), run: () => undo(changeId) });
    },
  });
}

export function useProjectPreview(file: object) {
  return useQuery({
    queryKey: ['project-preview', file],
    queryFn: async () =>
      (await callApi<ProjectPreviewAnswer>('POST', '/imports/projects/preview', { file })).projectPreview,
    staleTime: Infinity,
    gcTime: 0,
    retry: retryUpTo(1),
  });
}

export function useImportProject(creationKey: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: { file: object; name: string; key?: string }) =>
      callApi<ProjectImported>('POST', '/imports/projects', { creationKey, ...request }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.projects }),
  });
}

export function useDuplicateProject(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: DuplicateProjectRequest) =>
      callApi<ProjectDuplicated>('POST', `/projects/${key}/duplicate`, request),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.projects }),
  });
}
