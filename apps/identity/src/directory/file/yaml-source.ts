/**
 * A YAML file read so that every value still knows its line: mappings, lists and scalars in the manner of the Go library that
 * Authelia reads them with (anchors, merge keys, any scalar where a text is wanted, `yes` and `on` where a switch is wanted).
 * It collects problems and knows nothing of what the keys mean.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Problem } from '../../config/problem.ts';

export type Entry = { readonly name: string; readonly at: Node; readonly value: Node | null };

export type YamlSource = {
  readonly root: Node | null;
  readonly problems: readonly Problem[];
  report(severity: Problem['severity'], at: Node | null, key: string, message: string, cure: string): void;
  /** The same for a place known by its line: what the rules between values find. */
  problemAtLine(line: number, key: string, message: string, cure: string): void;
  lineOf(at: Node | null): number;
  /** The pairs of a mapping, merge keys unfolded. Undefined, and a problem, for anything else; nothing is no pairs. */
  mapping(node: Node | null, key: string): readonly Entry[] | undefined;
  /** The items of a list. Undefined, and a problem, for anything else; nothing is no items. */
  list(node: Node | null, key: string): readonly (Node | null)[] | undefined;
  /** The text of a scalar as it was written. Undefined for nothing, and with a problem for a list or mapping. */
  text(node: Node | null, key: string): string | undefined;
  /** Undefined for nothing, and with a problem for what is no switch. */
  flag(node: Node | null, key: string): boolean | undefined;
  /** What a scalar resolves to: text, number, boolean or null. Undefined for a list or mapping. */
  scalar(node: Node | null): unknown;
};

const aliasesMax = 10_000;
const mergeDepthMax = 8;
const yes = /^(y|yes|true|on)$/i;
const no = /^(n|no|false|off)$/i;

export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems: Problem[] = document.errors.map((fault) => ({
    severity: 'error',
    file,
    line: lines.linePos(fault.pos[0]).line,
    key: '',
    message: `This is not valid YAML (${fault.code.toLowerCase().replaceAll('_', ' ')}).`,
    cure: yamlCures[fault.code] ?? 'Check quotes and indentation on this line and the one before.',
  }));

  function report(...[severity, at, key, message, cure]: Parameters<YamlSource['report']>): void {
    problems.push({ severity, file, line: lineOf(at), key, message, cure });
  }

  function problemAtLine(line: number, key: string, message: string, cure: string): void {
    problems.push({ severity: 'error', file, line, key, message, cure });
  }

  function lineOf(at: Node | null): number {
    return at?.range ? lines.linePos(at.range[0]).line : 0;
  }

  function resolved(node: Node | null): Node | null {
    const target = isAlias(node) ? (node.resolve(document) ?? null) : node;
    return isScalar(target) && target.value === null ? null : target;
  }

  function mapping(node: Node | null, key: string, depth = 0): readonly Entry[] | undefined {
    const target = resolved(node);
    if (target === null) return [];
    if (!isMap<Node, Node | null>(target) || depth > mergeDepthMax) {
      report('error', node, key, 'This is not a mapping of keys to values.', "Write 'key: value' lines below it.");
      return undefined;
    }
    const own: Entry[] = [];
    const merged: Entry[] = [];
    for (const { key: at, value } of target.items) {
      const name = isScalar(at) ? scalarText(at) : undefined;
      if (name === '<<' && isScalar(at) && at.type === 'PLAIN') merged.push(...mergedEntries(value, key, depth));
      else if (name === undefined)
        report('error', at, key, 'A key here is not a plain text.', 'Write a name before the colon.');
      else own.push({ name, at, value });
    }
    const taken = new Set(own.map(({ name }) => name));
    for (const entry of merged) {
      if (taken.has(entry.name)) continue;
      taken.add(entry.name);
      own.push(entry);
    }
    return own;
  }

  function mergedEntries(value: Node | null, key: string, depth: number): readonly Entry[] {
    const target = resolved(value);
    const sources = isSeq<Node | null>(target) ? target.items : [target];
    return sources.flatMap((source) => mapping(source, key, depth + 1) ?? []);
  }

  function list(node: Node | null, key: string): readonly (Node | null)[] | undefined {
    const target = resolved(node);
    if (target === null) return [];
    if (isSeq<Node | null>(target)) return target.items;
    report('error', node, key, 'This is not a list.', "Write one '- item' line for each item below it, or [one, two].");
    return undefined;
  }

  function plainText(node: Node | null, key: string): string | undefined {
    const target = resolved(node);
    if (target === null) return undefined;
    if (isScalar(target)) return scalarText(target);
    report('error', node, key, 'This is not a text.', 'Write one value, in quotes if in doubt.');
    return undefined;
  }

  function flag(node: Node | null, key: string): boolean | undefined {
    const written = plainText(node, key);
    if (written === undefined) return undefined;
    if (yes.test(written) || no.test(written)) return yes.test(written);
    report('error', node, key, 'This is neither true nor false.', "Write 'true' or 'false'.");
    return undefined;
  }

  function scalar(node: Node | null): unknown {
    const target = resolved(node);
    if (target === null) return null;
    return isScalar(target) ? target.value : undefined;
  }

  if (problems.length === 0 && countAliases() > aliasesMax)
    report('error', null, '', `The file uses more than ${aliasesMax} aliases.`, 'Write repeated values out.');

  function countAliases(): number {
    let aliases = 0;
    visit(document, {
      Alias: () => {
        aliases += 1;
      },
    });
    return aliases;
  }

  return {
    root: resolved(document.contents),
    problems,
    report,
    problemAtLine,
    lineOf,
    mapping,
    list,
    text: plainText,
    flag,
    scalar,
  };
}

function scalarText(node: { readonly value: unknown; readonly source?: string | undefined }): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

const yamlCures: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Each key may stand only once at its place; take one of the two out.',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs.',
  MULTIPLE_DOCS: "Take the '---' line out; there is one document in a file.",
  MISSING_CHAR: 'Close the quote, or write the missing colon or bracket.',
};
