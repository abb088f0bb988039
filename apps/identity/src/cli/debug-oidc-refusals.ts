/**
 * `debug oidc refusals`: what the provider refused, newest first, each with its cause, what was sent against what is
 * registered, the line of the configuration that decides, and the cure. It does not know how the database is opened: that is
 * handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import { parseDuration } from '../config/values/duration.ts';
import type { RefusalQuery, RefusalStore } from '../oidc/refusals/refusal.store.ts';
import { type KeptRefusal, type Marked, textOf } from '../oidc/refusals/refusal.ts';
import type { Command } from './command.ts';

export type RefusalsRoom = {
  readonly refusals: Pick<RefusalStore, 'list'>;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const refusalsUsage = `Usage:
  gatehouse debug oidc refusals [options] [--config <path>]...

Options:
  --client ID        of this client alone
  --since TIME       a duration such as 2h or '3 days', or a date
  --reference XXXX-XXXX
                     the one that a person was shown
  --limit N          at most so many (default 20)
  --format FORMAT    text (default) or json
`;

const columns = 80;
const limitMax = 10_000;

export function debugOidcRefusals(open: () => Promise<RefusalsRoom>): Command {
  return async (args, io) => {
    const room = await open();
    try {
      const read = readOptions(args, room.nowMs());
      if (typeof read === 'string') {
        io.stderr.write(read);
        return 2;
      }
      const found = await room.refusals.list(read.query);
      if (read.format === 'json') io.stdout.write(`${JSON.stringify(found.map(presentJson), undefined, 2)}\n`);
      else if (found.length === 0) io.stdout.write('Nothing was refused.\n');
      else io.stdout.write(found.map(presentText).join('\n'));
      return found.length === 0 && read.query.reference !== undefined ? 1 : 0;
    } finally {
      await room.close();
    }
  };
}

type Options = { readonly query: RefusalQuery; readonly format: 'text' | 'json' };

function readOptions(args: string[], nowMs: number): Options | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        client: { type: 'string' },
        since: { type: 'string' },
        reference: { type: 'string' },
        limit: { type: 'string', default: '20' },
        format: { type: 'string', default: 'text' },
      },
    });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > limitMax)
      return `--limit is a number from 1 to ${limitMax}.\n`;
    if (values.format !== 'text' && values.format !== 'json') return '--format is text or json.\n';
    const sinceMs = values.since === undefined ? undefined : timeOf(values.since, nowMs);
    if (Number.isNaN(sinceMs)) return "--since is a duration such as 2h or '3 days', or a date such as 2026-11-23.\n";
    const reference = values.reference?.trim().toUpperCase();
    return { query: { clientId: values.client, sinceMs, reference, limit }, format: values.format };
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${refusalsUsage}`;
  }
}

/** NaN for what is neither. */
function timeOf(text: string, nowMs: number): number {
  if (/^\d{4}-\d\d-\d\d/.test(text)) return Date.parse(text);
  const duration = parseDuration(text);
  return duration.kind === 'value' ? nowMs - duration.value * 1000 : Number.NaN;
}

function presentJson({ firstAtMs, lastAtMs, isKnownClient, ...refusal }: KeptRefusal) {
  const { kind, reference, times, issuer, clientId, endpoint, error, cause, what, why, todo, setting, write } = refusal;
  return {
    reference,
    kind,
    cause,
    client: clientId,
    known: isKnownClient,
    issuer,
    endpoint,
    error,
    times,
    first: new Date(firstAtMs).toISOString(),
    last: new Date(lastAtMs).toISOString(),
    what,
    why,
    todo,
    sent: textOf(refusal.sent),
    registered: textOf(refusal.registered),
    setting,
    write,
  };
}

function presentText(refusal: KeptRefusal): string {
  const { reference, times, clientId, endpoint, cause, setting, write, what, why, todo } = refusal;
  const at = `${new Date(refusal.lastAtMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
  const often = times > 1 ? `  ${times} times` : '';
  const place = setting?.file ? ` (${setting.file}${setting.line === undefined ? '' : `, line ${setting.line}`})` : '';
  return [
    `${reference}  ${at}  ${clientId || '(no client)'}  ${endpoint}  ${cause}${often}`,
    ...wrapped('', `${what} ${why}`),
    ...wrapped('sent', markedText(refusal.sent)),
    ...wrapped('registered', markedText(refusal.registered)),
    ...(setting ? wrapped('decides', `${setting.key}${place}`) : []),
    ...wrapped('to do', todo),
    ...(write ?? '').split('\n').flatMap((line, index) => wrapped(index === 0 ? 'or write' : ' ', line)),
    '',
  ].join('\n');
}

/** What differs stands between angle quotation marks. */
function markedText(marked: Marked): string {
  return marked.map(({ text, differs }) => (differs ? `«${text}»` : text)).join('');
}

const labelColumns = 14;

/** A label and a text beside it, in lines of 80 columns; a word that is longer stays whole, so that it can be copied. */
function wrapped(label: string, text: string): string[] {
  if (text === '') return [];
  const indent = label === '' ? 2 : labelColumns;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each, index) => `${(index === 0 && label !== '' ? `  ${label}` : '').padEnd(indent)}${each}`);
}
