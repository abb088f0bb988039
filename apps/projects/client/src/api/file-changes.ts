/** Uploads and removes files of a project and of its to-dos. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { creationKeyHeader, fileNameHeader, type StoredFile } from '../../../wire/file.ts';
import { showProblem } from '../kit/toast.tsx';
import { callApi, newCreationKey, uploadToApi } from './client.ts';
import { filesPath, toDoKeys } from './to-do-queries.ts';

/** To a to-do, or to the project itself. Whoever sends tells what was refused. */
export function useUpload(key: string, number?: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      uploadToApi(filesPath(key, number), file, {
        [fileNameHeader]: encodeURIComponent(file.name),
        [creationKeyHeader]: newCreationKey(),
      }),
    scope: { id: 'upload' },
    onSettled: () => cache.invalidateQueries({ queryKey: toDoKeys.files(key) }),
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
