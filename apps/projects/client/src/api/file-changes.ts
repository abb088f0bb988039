/** Uploads and removes files of a to-do. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { creationKeyHeader, fileNameHeader, type StoredFile } from '../../../wire/file.ts';
import { showProblem } from '../kit/toast.tsx';
import { callApi, newCreationKey, uploadToApi } from './client.ts';
import { toDoKeys } from './to-do-queries.ts';

export function useUpload(key: string, number: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      uploadToApi(`/projects/${key}/to-dos/${number}/files`, file, {
        [fileNameHeader]: encodeURIComponent(file.name),
        [creationKeyHeader]: newCreationKey(),
      }),
    scope: { id: 'upload' },
    onSettled: () => cache.invalidateQueries({ queryKey: toDoKeys.files(key) }),
    onError: showProblem,
  });
}

export function useSetFileRemoved(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ file, removed }: { file: StoredFile; removed: boolean }) =>
      removed
        ? callApi('DELETE', `/projects/${key}/files/${file.id}`)
        : callApi('POST', `/projects/${key}/files/${file.id}/restore`),
    onSuccess: () => cache.invalidateQueries({ queryKey: toDoKeys.files(key) }),
    onError: showProblem,
  });
}
