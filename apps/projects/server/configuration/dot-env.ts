/**
 * Reads the text of an `.env` file: `KEY=value`, spaces around the sign, quotes (a quoted value may span lines), comments.
 * Knows no variable by name.
 */

export class DotEnvBroken extends Error {
  override readonly name = 'DotEnvBroken';
  readonly code = 'dot-env-broken';
}

const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|([^\n"'][^\n]*?|))[ \t]*(?:(?<=[\s"'=])#[^\n]*)?$/gm;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Later lines win. An empty value is a value. Throws `DotEnvBroken` for a line that is neither empty, comment nor assignment. */
export function parseDotEnv(text: string): Record<string, string> {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const values: Record<string, string> = {};
  const rest = plain.replace(assignment, (_line, key: string, double?: string, single?: string, bare?: string) => {
    values[key] = double !== undefined ? unescaped(double) : (single ?? withoutComment(bare ?? ''));
    return '';
  });
  const strange = rest.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  if (strange !== undefined)
    throw new DotEnvBroken(
      `A line is not of the form KEY=value; it begins with '${strange.trim().slice(0, 12)}'. Write KEY=value, or # before a comment.`,
    );
  return values;
}

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** A comment begins with a # after a space, so that a # within a secret stays. */
function withoutComment(text: string): string {
  return text.replace(/(^|\s)#.*$/, '').trim();
}
