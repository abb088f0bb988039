/**
 * Every word that the client shows goes through `say`: no text between tags, no label, and no literal that reads like words
 * stands outside of it. A key of the keyboard or a code is no word; those are named below.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAst } from 'vite';
import { readText, trackedFiles } from './tree.ts';

type Node = { readonly type: string; readonly start: number; readonly [name: string]: unknown };

const sources = trackedFiles().filter(
  (path) => path.startsWith('apps/projects/client/src/') && /(?<!\.test|\.d)\.tsx?$/.test(path),
);

/** What they hold is for programs, or is written into a request. */
const quietAttributes = new Set([
  'className',
  'key',
  'd',
  'viewBox',
  'type',
  'role',
  'slot',
  'placement',
  'href',
  'to',
]);
const sayings = new Set(['say', 'parts', 'marked']);
/** Keys of the keyboard as the browser names them, proper names, and what is kept and not shown. */
const names =
  /^(?:Arrow(?:Up|Down|Left|Right)|Backspace|Ctrl|Delete|End|Enter|Escape|Home|Mod|Page(?:Up|Down)|Shift|Tab|ApiProblem|English|Deutsch|Français|Español)$/;
const reads = (text: string): boolean => /^\s*[\p{Lu}“][\p{L}’]*[\p{Ll}…]/u.test(text) && !names.test(text.trim());
/** An example of an address is the same in every language. */
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text) && !/^https?:/.test(text);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function nameOf(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return String(callee.name);
  return callee.type === 'MemberExpression' ? nameOf(callee.property) : '';
}

/** Calls `tell` with the place of each word that is not said. */
function findUnsaid(node: Node, tell: (start: number, text: string) => void): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      if (node.source) return;
      break;
    case 'ImportExpression':
    case 'ThrowStatement':
    case 'TSLiteralType':
    case 'TSTypeReference':
      return;
    case 'CallExpression':
      if (sayings.has(nameOf(node.callee))) return;
      break;
    case 'JSXAttribute':
      if (isNode(node.name) && quietAttributes.has(String(node.name.name))) return;
      if (isNode(node.name) && /^(?:aria-label|title|placeholder|label|alt)$/.test(String(node.name.name))) {
        const { value } = node;
        if (isNode(value) && value.type === 'Literal' && hasWords(String(value.value)))
          tell(node.start, String(value.value));
      }
      break;
    case 'JSXText':
      if (hasWords(String(node.value))) tell(node.start, String(node.value));
      return;
    case 'Literal':
      if (typeof node.value === 'string' && reads(node.value)) tell(node.start, node.value);
      return;
    case 'TemplateElement': {
      const { cooked } = node.value as { cooked: string };
      if (reads(cooked) || /\p{L} \p{L}/u.test(cooked)) tell(node.start, cooked);
      return;
    }
  }
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) findUnsaid(child, tell);
}

export function unsaidIn(path: string, source: string): string[] {
  const found: string[] = [];
  const program: unknown = parseAst(source, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  if (isNode(program))
    findUnsaid(program, (start, text) => {
      const line = source.slice(0, start).split('\n').length;
      found.push(`${path}:${line}: ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 80)}`);
    });
  return found;
}

test('the client says every word that it shows', () => {
  assert.deepEqual(
    sources.flatMap((path) => unsaidIn(path, readText(path))),
    [],
  );
});

test('words between tags, in labels and in literals are found, and what is said is not', () => {
  const source = `const a = <p title="the due day" className="Big">Due{say('Said')}{b ? 'No priority' : \`Move “\${c}”\`}</p>;`;
  assert.deepEqual(
    unsaidIn('a.tsx', source).map((each) => each.slice('a.tsx:1: '.length)),
    ['the due day', 'Due', 'No priority', 'Move “'],
  );
});
