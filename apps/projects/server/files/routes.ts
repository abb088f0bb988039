/**
 * The API of files. What comes out is never taken for a page: it is downloaded, its type is never guessed, and nothing in it
 * may run; only raster images, told by their content, may stand in a page of ours.
 */
import { type Context, Hono } from 'hono';
import { creationKey, oneLine } from '../../wire/fields.ts';
import { creationKeyHeader, type FileAnswer, type FilesAnswer, fileNameHeader } from '../../wire/file.ts';
import { type ApiEnv, answerRefusal, readNumber } from '../api/json.ts';
import { invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject } from '../projects/queries.ts';
import { findToDo } from '../to-dos/queries.ts';
import { addFile, findFile, setFileRemoved, type Upload } from './commands.ts';
import type { FileRow } from './present.ts';
import { type FileFilter, readFiles, sumBytes } from './queries.ts';
import { holdsAlready, readRange } from './range.ts';
import type { ByteRange } from './store.ts';

const nameMax = 255;

export function fileRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db, files } = workspace;

  async function answerFiles(c: Context<ApiEnv>, project: SeenProject, filter: FileFilter): Promise<Response> {
    const answer: FilesAnswer = {
      files: await readFiles(db, c.get('person'), project, filter),
      bytes: await sumBytes(db, project, filter),
      limits: { fileBytesMax: files.fileBytesMax, projectBytesMax: files.projectBytesMax },
      may: { add: can(c.get('person'), 'file.add', project.facts) },
    };
    return c.json(answer);
  }

  async function answerFile(
    c: Context<ApiEnv>,
    project: SeenProject,
    row: FileRow | Refusal,
    status: 200 | 201,
  ): Promise<Response> {
    if (isRefusal(row)) return answerRefusal(c, row);
    const [file] = await readFiles(db, c.get('person'), project, { fileId: row.id });
    return file ? c.json({ file } satisfies FileAnswer, status) : c.body(null, 204);
  }

  const find = (c: Context<ApiEnv>) => findProject(db, c.get('person'), c.req.param('key') ?? '');

  return new Hono<ApiEnv>()
    .get('/projects/:key/files', async (c) => {
      const project = await find(c);
      return project ? answerFiles(c, project, {}) : answerRefusal(c, notFound('project'));
    })
    .post('/projects/:key/files', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      const upload = readUpload(c);
      if (isRefusal(upload)) return answerRefusal(c, upload);
      return answerFile(c, project, await addFile(workspace, c.get('person'), project, null, upload), 201);
    })
    .get('/projects/:key/to-dos/:number/files', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      const number = readNumber(c);
      const toDo = typeof number === 'number' ? await findToDo(db, project, number) : undefined;
      return toDo ? answerFiles(c, project, { toDoId: toDo.id }) : answerRefusal(c, notFound('to-do'));
    })
    .post('/projects/:key/to-dos/:number/files', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      const number = readNumber(c);
      if (typeof number !== 'number') return answerRefusal(c, number);
      const upload = readUpload(c);
      if (isRefusal(upload)) return answerRefusal(c, upload);
      return answerFile(c, project, await addFile(workspace, c.get('person'), project, number, upload), 201);
    })
    .get('/projects/:key/files/:fileId/content', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      const found = await findFile(db, project, c.req.param('fileId'));
      if (!found || found.row.removed_at !== null) return answerRefusal(c, notFound('file'));
      const { id, bytes, sha256 } = found.row;
      keepOnlyAsked(c, etagOf(sha256));
      lockUp(c);
      if (holdsAlready(c.req.header('if-none-match'), etagOf(sha256))) return c.body(null, 304);
      const range = readRange(c.req.header('range'), c.req.header('if-range'), bytes, etagOf(sha256));
      if (range === 'unsatisfiable') return c.body(null, 416, { 'Content-Range': `bytes */${bytes}` });
      const content = await files.store.open(id, range);
      return content ? answerContent(c, found.row, content, range) : answerRefusal(c, notFound('file'));
    })
    .delete('/projects/:key/files/:fileId', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      return answerFile(
        c,
        project,
        await setFileRemoved(workspace, c.get('person'), project, c.req.param('fileId'), true),
        200,
      );
    })
    .post('/projects/:key/files/:fileId/restore', async (c) => {
      const project = await find(c);
      if (!project) return answerRefusal(c, notFound('project'));
      return answerFile(
        c,
        project,
        await setFileRemoved(workspace, c.get('person'), project, c.req.param('fileId'), false),
        200,
      );
    });
}

function readUpload(c: Context<ApiEnv>): Upload | Refusal {
  // A form of another site can send neither this type nor headers of ours.
  if (c.req.header('content-type') !== 'application/octet-stream')
    return invalid([{ path: 'content-type', message: 'A file is sent as application/octet-stream.' }]);
  const name = oneLine(nameMax).safeParse(decoded(c.req.header(fileNameHeader) ?? ''));
  if (!name.success) return invalid([{ path: fileNameHeader, message: 'A file has a name of 1 to 255 characters.' }]);
  const key = creationKey.safeParse(c.req.header(creationKeyHeader));
  if (!key.success)
    return invalid([{ path: creationKeyHeader, message: 'A creation key has 16 to 64 letters or digits.' }]);
  const body = c.req.raw.body;
  if (!body) return invalid([{ path: 'body', message: 'The file is empty.' }]);
  // The last part alone: some systems send the whole path.
  return { name: name.data.split(/[/\\]/).at(-1) || 'file', creationKey: key.data, body };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** A file never changes: another one has another id. */
function etagOf(sha256: string): string {
  return `"${sha256}"`;
}

/** A browser may keep it, and asks each time whether whoever sits before it now may see it. */
function keepOnlyAsked(c: Context, etag: string): void {
  c.header('Cache-Control', 'private, no-cache');
  c.header('ETag', etag);
}

/** Nothing in it runs, here or in a page of others. Said with a 304 too: what that says replaces what a browser has kept. */
function lockUp(c: Context): void {
  c.header('Content-Security-Policy', "default-src 'none'; sandbox");
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
}

function answerContent(
  c: Context<ApiEnv>,
  row: FileRow,
  content: ReadableStream<Uint8Array>,
  range: ByteRange | undefined,
): Response {
  const shownType = c.req.query('show') === '1' ? row.image_type : null;
  const name = encodeURIComponent(row.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  c.header('Content-Type', shownType ?? 'application/octet-stream');
  c.header('Content-Length', String(range ? range.last - range.first + 1 : row.bytes));
  c.header('Accept-Ranges', 'bytes');
  if (range) c.header('Content-Range', `bytes ${range.first}-${range.last}/${row.bytes}`);
  c.header('Content-Disposition', `${shownType ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`);
  return c.body(content, range ? 206 : 200);
}
