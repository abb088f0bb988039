/** A received mail as a test asks about it: its envelope, its headers and its plain text (RFC 5322, RFC 2045). */

export type Mail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** A header's value, unfolded; names in any case. */
  header(name: string): string | undefined;
  readonly subject: string;
  /** The text/plain part, decoded. Empty when there is none. */
  readonly text: string;
};

export function readMail(raw: string, from: string, to: readonly string[]): Mail {
  const [headerText, body] = splitPart(raw);
  const header = (name: string): string | undefined => headerOf(headerText, name);
  return { from, to, raw, header, subject: decodeWords(header('subject') ?? ''), text: plainText(headerText, body) };
}

function splitPart(part: string): [headers: string, body: string] {
  const end = /\r?\n\r?\n/.exec(part);
  return end ? [part.slice(0, end.index), part.slice(end.index + end[0].length)] : [part, ''];
}

function headerOf(headers: string, name: string): string | undefined {
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ');
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(unfolded)?.[1]?.trim();
}

function plainText(headers: string, body: string): string {
  const type = headerOf(headers, 'content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined) {
    const parts = body.split(`--${boundary}`).slice(1, -1);
    return parts.map((part) => plainText(...splitPart(part.trimStart()))).find((found) => found !== '') ?? '';
  }
  if (!/^text\/plain/i.test(type)) return '';
  switch (headerOf(headers, 'content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString();
    case 'quoted-printable':
      return decodeQuoted(body.replace(/=\r?\n/g, ''));
    default:
      return body;
  }
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Encoded words of a header (RFC 2047), UTF-8 only. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    );
}
