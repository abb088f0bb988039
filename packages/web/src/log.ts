/**
 * The log of both applications: pino, one line an event. Callers pass facts as fields and never a secret, token or mail
 * address; the redaction here is the net below that rule, not a licence.
 */
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

export type Log = Logger;

export type LogOptions = {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly format: 'text' | 'json';
};

const redactedPaths = [
  'password',
  'secret',
  'token',
  'code',
  'cookie',
  'email',
  'authorization',
  'client_secret',
  'access_token',
  'refresh_token',
  'id_token',
].flatMap((name) => [name, `*.${name}`]);

export function openLog(options: LogOptions, destination?: DestinationStream): Log {
  const target = destination ?? process.stdout;
  const stream: DestinationStream =
    options.format === 'text' ? { write: (line) => target.write(asText(line)) } : target;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeFailure },
      redact: { paths: redactedPaths, censor: '[hidden]' },
    },
    stream,
  );
}

/** Where something failed. Other fields of a failure stay out: a database puts the values of a row into them. */
const toldFields = [
  'reason',
  'errno',
  'syscall',
  'hostname',
  'address',
  'port',
  'schema',
  'table',
  'column',
  'constraint',
];

/** A failure's `code` is its permanent name and no secret; it goes by another name here, because a field `code` is hidden. */
function describeFailure(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const { type, message, stack, code, ...rest } = stdSerializers.err(cause) as Record<string, unknown>;
  return {
    ...{ type, message, stack },
    ...(code !== undefined && { failure: code }),
    ...Object.fromEntries(toldFields.flatMap((name) => (name in rest ? [[name, rest[name]]] : []))),
    ...(cause instanceof AggregateError && { aggregateErrors: cause.errors.map(describeFailure) }),
  };
}

function asText(line: string): string {
  const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`,
  );
  return `${[time, String(level).toUpperCase().padEnd(5), msg, ...pairs].join(' ')}\n`;
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : JSON.stringify(text);
}
