/**
 * An administrator's own mails (`notifier.template_path`): Authelia's three templates under Authelia's names, with Authelia's
 * placeholders. What there is no file for is written by the house. A template that cannot be read stops the start; one
 * that fails while a mail is written does not stop the mail.
 *
 * In the HTML file every value is escaped for text and quoted attributes, wherever it stands.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LinedText, LineWriter } from '../config/filters/lined-text.ts';
import { evaluate } from '../config/filters/template/evaluate.ts';
import { functionTable } from '../config/filters/template/functions/table.ts';
import { parseTemplate } from '../config/filters/template/parser.ts';
import { TemplateError } from '../config/filters/template/template-error.ts';
import { fromPlain } from '../config/filters/template/value.ts';
import type { Message, Notifier } from './notifier.ts';

export const templateNames = ['Event', 'IdentityVerificationOTC', 'IdentityVerificationJWT'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Which template writes a message, and what it may say. */
export type Templated = {
  readonly name: TemplateName;
  readonly values: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
};

/** A template that is none. Its text says where and why. */
export class TemplateUnusable extends Error {
  readonly code = 'template-unusable';
  override readonly name = 'TemplateUnusable';
}

type Render = (values: Templated['values']) => string;

/** By the name of the file. */
export type MailTemplates = ReadonlyMap<string, Render>;

/** Throws `TemplateUnusable`. */
export async function readMailTemplates(folder: string, nowMs: () => number): Promise<MailTemplates> {
  const renders = new Map<string, Render>();
  for (const name of templateNames)
    for (const extension of ['html', 'txt'] as const) {
      const file = `${name}.${extension}`;
      const render = await openTemplate(join(folder, file), extension === 'html', nowMs);
      if (render) renders.set(file, render);
    }
  return renders;
}

export function templatedNotifier(
  notifier: Notifier,
  templates: MailTemplates,
  onFailure: (cause: unknown) => void,
): Notifier {
  function written(file: string, { values }: Templated, otherwise: string): string {
    try {
      return templates.get(file)?.(values) ?? otherwise;
    } catch (cause) {
      onFailure(cause);
      return otherwise;
    }
  }

  function rewrite(message: Message): Message {
    const { templated, text, html } = message;
    return {
      ...message,
      text: written(`${templated.name}.txt`, templated, text),
      html: written(`${templated.name}.html`, templated, html),
    };
  }

  return { ...notifier, send: (message) => notifier.send(rewrite(message)) };
}

async function openTemplate(path: string, isHtml: boolean, nowMs: () => number): Promise<Render | undefined> {
  const source = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new TemplateUnusable(`The template '${path}' cannot be read (${cause.code ?? 'unknown'}).`, { cause });
  });
  if (source === undefined) return undefined;
  // Go's templates of this kind are written with the line ends of mail.
  const lined = LinedText.of(source.replaceAll('\r\n', '\n'));
  const template = explained(path, () => parseTemplate(lined.text));
  return (values) =>
    explained(path, () => {
      const writer = new LineWriter();
      const functions = functionTable({ file: path, env: {}, nowMs: nowMs() });
      evaluate(template, functions, writer, lined, { data: fromPlain(values), ...(isHtml && { print: escapeHtml }) });
      return writer.text();
    });
}

function explained<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    throw new TemplateUnusable(`The template '${path}', line ${cause.line}: ${cause.message} ${cause.cure}`, { cause });
  }
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
