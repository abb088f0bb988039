/** The API of taking projects and their to-dos out and in. */
import { type Context, Hono } from 'hono';
import { type CsvImported, type CsvPreviewAnswer, importCsvRequest, previewCsvRequest } from '../../wire/csv.ts';
import { duplicateProjectRequest, type ProjectDuplicated } from '../../wire/duplicate.ts';
import type { Language } from '../../wire/languages.ts';
import {
  exportProjectQuery,
  importProjectRequest,
  type ProjectImported,
  type ProjectPreviewAnswer,
  previewProjectRequest,
} from '../../wire/project-file.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { atOneMoment } from '../api/one-moment.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { findPreferences } from '../preferences/store.ts';
import { languageOf } from '../words/language-of.ts';
import { duplicateProject } from './duplicate-project.ts';
import { exportCsv } from './export-csv.ts';
import { exportProject } from './export-project.ts';
import { importCsv, previewCsv } from './import-csv.ts';
import { importProject, previewProject } from './import-project.ts';

export function transferRoutes(workspace: Workspace): Hono<ApiEnv> {
  const languageOfReader = async (c: Context<ApiEnv>): Promise<Language> =>
    languageOf(c, (await findPreferences(workspace.db, c.get('person').id)).language);
  return new Hono<ApiEnv>()
    .get('/projects/:key/to-dos.csv', async (c) => {
      const project = projectOf(c);
      const text = await atOneMoment(workspace, (trx) => exportCsv(trx, project));
      return answerDownload(c, text, 'text/csv; charset=utf-8', fileName(workspace, project.row.key, 'csv'));
    })
    .post('/projects/:key/imports/to-dos/preview', async (c) => {
      const read = await readBody(c, previewCsvRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const preview = await previewCsv(workspace, c.get('person'), projectOf(c), read.body, await languageOfReader(c));
      return isRefusal(preview) ? answerRefusal(c, preview) : c.json({ preview } satisfies CsvPreviewAnswer);
    })
    .post('/projects/:key/imports/to-dos', async (c) => {
      const read = await readBody(c, importCsvRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const imported = await importCsv(workspace, c.get('person'), projectOf(c), read.body, await languageOfReader(c));
      return isRefusal(imported) ? answerRefusal(c, imported) : c.json(imported satisfies CsvImported, 201);
    })
    .get('/projects/:key/project.json', async (c) => {
      const project = projectOf(c);
      const read = readQuery(c, exportProjectQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const file = await exportProject(workspace, c.get('person'), project, read.body.files === '1');
      return answerDownload(c, file, 'application/json', fileName(workspace, project.row.key, 'json'));
    })
    .post('/projects/:key/duplicate', async (c) => {
      const read = await readBody(c, duplicateProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const made = await duplicateProject(workspace, c.get('person'), projectOf(c), read.body);
      return isRefusal(made) ? answerRefusal(c, made) : c.json(made satisfies ProjectDuplicated, 201);
    })
    .post('/imports/projects/preview', async (c) => {
      const read = await readBody(c, previewProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const projectPreview = await previewProject(workspace, c.get('person'), read.body.file);
      if (isRefusal(projectPreview)) return answerRefusal(c, projectPreview);
      return c.json({ projectPreview } satisfies ProjectPreviewAnswer);
    })
    .post('/imports/projects', async (c) => {
      const read = await readBody(c, importProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const imported = await importProject(workspace, c.get('person'), read.body);
      return isRefusal(imported) ? answerRefusal(c, imported) : c.json(imported satisfies ProjectImported, 201);
    });
}

/** Never shown as a page, never kept by a browser or a proxy. */
function answerDownload(
  c: Context<ApiEnv>,
  content: string | ReadableStream<Uint8Array>,
  type: string,
  name: string,
): Response {
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(content);
}

function fileName({ now }: Workspace, key: string, ending: string): string {
  return `${key}-${new Date(now()).toISOString().slice(0, 10)}.${ending}`;
}
