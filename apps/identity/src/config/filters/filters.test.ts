import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/loading.ts';
import { applyFilters, type Filter, type FilterAnswer } from './filters.ts';

const nowMs = Date.parse('2026-03-04T05:06:07Z');

function filter(filters: readonly Filter[], text: string, env: Record<string, string> = {}): FilterAnswer {
  return applyFilters(filters, text, { file: 'a.yml', env, nowMs });
}

function render(text: string, env: Record<string, string> = {}): string {
  const answer = filter(['template'], text, env);
  if (answer.kind === 'refused') throw new TypeError(answer.problems[0]?.message);
  return answer.text;
}

function refusal(text: string): { line: number; message: string; cure: string } {
  const answer = filter(['template'], text);
  assert.ok(answer.kind === 'refused');
  const [problem] = answer.problems;
  assert.ok(problem);
  return problem;
}

const folder = temporaryFolder();
const secretFile = join(folder, 'secret.txt');
const linesFile = join(folder, 'lines.txt');
writeFileSync(secretFile, 'hidden\n\n');
writeFileSync(linesFile, 'one\ntwo\n');

const rendered: readonly (readonly [string, string])[] = [
  ['plain: text', 'plain: text'],
  ['a{{/* a comment */}}b', 'ab'],
  ['a {{- /* trimmed */ -}} b', 'ab'],
  ['a  {{- "x" -}}  \n b', 'axb'],
  ['{{ 1 }} x {{- 2 -}} y {{ 3 }}', '1 x2y 3'],
  ['{{ "x" }}', 'x'],
  ['{{ `back\\quoted` }}', 'back\\quoted'],
  ['{{ "tab\\tend" }}', 'tab\tend'],
  ['{{ 1 }} {{ 1.5 }} {{ -3 }} {{ true }} {{ 0x10 }}', '1 1.5 -3 true 16'],
  ['{{ env "HOST" }}', 'example.com'],
  ['{{ env "ABSENT" }}|', '|'],
  ['{{ env "AUTHELIA_SESSION_SECRET" }}|{{ env "X_AUTHELIA_TOKEN" }}|{{ env "AUTHELIA_THEME" }}', '||dark'],
  [`{{ expandenv "https://$HOST/\${HOST}" }}`, 'https://example.com/example.com'],
  ['{{ if eq (env "HOST") "example.com" }}yes{{ else }}no{{ end }}', 'yes'],
  ['{{ if false }}a{{ else if true }}b{{ else }}c{{ end }}', 'b'],
  ['{{ with env "HOST" }}{{ . }}{{ else }}none{{ end }}', 'example.com'],
  ['{{ range $i, $name := list "a" "b" }}{{ $i }}={{ $name }};{{ end }}', '0=a;1=b;'],
  ['{{ range list }}x{{ else }}empty{{ end }}', 'empty'],
  [
    '{{ range iterate 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}',
    '02',
  ],
  ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', '2'],
  ['{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}', '1'],
  ['{{ define "greet" }}hello {{ . }}{{ end }}{{ template "greet" "alice" }}', 'hello alice'],
  ['{{ block "b" "bob" }}<{{ . }}>{{ end }}', '<bob>'],
  ['{{ "a,b" | splitList "," | join "-" | upper }}', 'A-B'],
  ['{{ (split "." "a.b")._1 }}', 'b'],
  ['{{ (dict "k" (dict "n" 5)).k.n }}', '5'],
  ['{{ $d := dict "a" 1 }}{{ $_ := set $d "b" 2 }}{{ get $d "b" }} {{ keys $d | sortAlpha | join "," }}', '2 a,b'],
  ['{{ and true "" "x" }}|{{ or "" "y" "z" }}|{{ not "" }}', '|y|true'],
  ['{{ or true (mustEnv "ABSENT") }}', 'true'],
  ['{{ eq 1 2 1 }} {{ ne 1 2 }} {{ lt 1 2 }} {{ ge "b" "a" }}', 'true true true true'],
  ['{{ len "äb" }} {{ index (list "a" "b") 1 }} {{ slice "abcd" 1 3 }}', '3 b bc'],
  ['{{ printf "%s-%03d-%q-%v-%%" "a" 7 "b" true }}', 'a-007-"b"-true-%'],
  ['{{ print "a" "b" 1 2 }}', 'ab1 2'],
  ['{{ contains "b" "abc" }} {{ hasPrefix "a" "abc" }} {{ hasSuffix "c" "abc" }}', 'true true true'],
  ['{{ trim "  x " }}{{ trimAll "/" "/p/" }}{{ trimSuffix ".yml" "a.yml" }}{{ trimPrefix "v" "v1" }}', 'xpa1'],
  ['{{ replace "a" "$&" "banana" }}', 'b$&n$&n$&'],
  ['{{ lower "ABC" }} {{ title "the gate" }}', 'abc The Gate'],
  ['{{ quote "a\\"b" }} {{ squote "x" }} {{ quote 1 2 }}', '"a\\"b" \'x\' "1" "2"'],
  ['{{ default "d" "" }}{{ default "d" "v" }}{{ empty 0 }}', 'dvtrue'],
  ['{{ indent 2 "a\\nb" }}|{{ nindent 1 "x" }}', '  a\n  b|\n x'],
  ['{{ sha256sum "abc" }}', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['{{ b64enc "hi?" }} {{ b64dec "aGk/" }} {{ b32enc "hi" }} {{ b32dec "NBUQ====" }}', 'aGk/ hi? NBUQ==== hi'],
  [
    '{{ urlquery "a b&c/é" }} {{ urlunquery "a+b%26" }} {{ urlqueryarg "https://x.y/?k=v" "k" }}',
    'a+b%26c%2F%C3%A9 a b& v',
  ],
  [
    '{{ base "/a/b.yml" }} {{ dir "/a/b.yml" }} {{ ext "/a/b.yml" }} {{ clean "/a/../b/" }} {{ isAbs "a" }}',
    'b.yml /a .yml /b false',
  ],
  [
    '{{ typeOf "a" }} {{ kindOf (list) }} {{ kindIs "map" (dict) }} {{ typeIs "int" 1 }} {{ deepEqual (list 1) (list 1) }}',
    'string slice true true true',
  ],
  ['{{ (fromYaml "a: [1, 2]").a | join "+" }}', '1+2'],
  ['{{ toYaml (dict "a" (list 1)) }}', 'a:\n    - 1'],
  ['{{ date "2006-01-02" (toDate "2006-01-02" "2026-03-04") | len }}', '10'],
  ['{{ dateInZone "Mon Jan 2 15:04:05 2006" now "UTC" }}', 'Wed Mar 4 05:06:07 2026'],
  ['{{ htmlDateInZone now "UTC" }} {{ unixEpoch now }} {{ duration 3725 }}', '2026-03-04 1772600767 1h2m5s'],
  ['{{ len uuidv4 }}', '36'],
  [`{{ secret "${secretFile}" }}|{{ fileContent "${secretFile}" }}|`, 'hidden|hidden\n\n|'],
  [`key: {{ secret "${linesFile}" | mindent 2 "|" | msquote }}`, 'key: |\n  one\n  two'],
  [`key: {{ secret "${secretFile}" | mindent 2 "|" | msquote }}`, "key: 'hidden'"],
  [`{{ range glob "${folder}/*.txt" }}{{ base . }} {{ end }}`, 'lines.txt secret.txt '],
  [`{{ range walk "${folder}" "secret" true }}{{ .Name }}:{{ .Size }}{{ end }}`, 'secret.txt:8'],
];
for (const [text, wanted] of rendered)
  test(`the template ${JSON.stringify(text.replaceAll(folder, '…'))}`, () =>
    assert.equal(
      render(text, {
        HOST: 'example.com',
        AUTHELIA_SESSION_SECRET: 's',
        X_AUTHELIA_TOKEN: 't',
        AUTHELIA_THEME: 'dark',
      }),
      wanted,
    ));

const broken: readonly (readonly [string, number, RegExp, RegExp])[] = [
  ['a\n{{ uper "x" }}', 2, /no function 'uper'/, /upper/],
  ['a\n{{ constructor }}', 2, /no function 'constructor'/, /./],
  ['{{ "x', 1, /not closed/, /Close/],
  ['a\nb\n{{ if true }}', 3, /no end/, /end/],
  ['{{ end }}', 1, /closes nothing/, /./],
  ['{{ }}', 1, /nothing between/, /./],
  ['{{ $x }}', 1, /not set/, /:=/],
  ['{{ .Name }}', 1, /no field/, /./],
  ['{{ break }}', 1, /outside of a range/, /./],
  ['{{ template "x" }}', 1, /no template/, /define/],
  ['{{ mustEnv "ABSENT" }}', 1, /finds no variable/, /./],
  ['{{ secret "/does/not/exist" }}', 1, /cannot read/, /./],
  ['{{ upper 1 }}', 1, /kind 'int'/, /a text/],
  ['{{ upper }}', 1, /0 values/, /1/],
  ['{{ "a" "b" }}', 1, /no function is given values/, /./],
  ['{{ ( "a" }}', 1, /'\(' is not closed|not closed/, /./],
  ['{{ # }}', 1, /'#' has no meaning/, /./],
  ['{{ range iterate 100000 }}{{ range iterate 100000 }}{{ end }}{{ end }}', 1, /steps/, /./],
  ['{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}', 1, /without end/, /./],
];
for (const [text, line, message, cure] of broken)
  test(`the template ${JSON.stringify(text)} is refused with its line`, () => {
    const problem = refusal(text);
    assert.equal(problem.line, line);
    assert.match(problem.message, message);
    assert.match(problem.cure, cure);
  });

test('a line after a template still has its number in the file', () => {
  const answer = filter(['template'], 'a: 1\n{{- range iterate 3 }}\nb{{ . }}: 1\n{{- end }}\nlast: 1');
  assert.ok(answer.kind === 'filtered');
  const lines = answer.text.split('\n');
  assert.deepEqual(
    lines.map((line, index) => `${line} ${answer.lineOf(index + 1)}`),
    ['a: 1 1', 'b0: 1 3', 'b1: 1 3', 'b2: 1 3', 'last: 1 5'],
  );
});

test('variables are expanded, secrets of Gatehouse are not', () => {
  const answer = filter(['expand-env'], `a: $HOST \${HOST}\nb: $$HOST $AUTHELIA_SESSION_SECRET $ABSENT.`, {
    HOST: 'x\ny',
    AUTHELIA_SESSION_SECRET: 's',
  });
  assert.ok(answer.kind === 'filtered');
  assert.equal(answer.text, 'a: x\ny x\ny\nb: $HOST $AUTHELIA_SESSION_SECRET .');
  assert.equal(answer.lineOf(3), 1);
  assert.equal(answer.lineOf(4), 2);
});

test('filters run in the order they are listed', () => {
  const text = '{{ "$HOST" }}';
  const one = filter(['template', 'expand-env'], text, { HOST: '{{ "x" }}' });
  const other = filter(['expand-env', 'template'], text, { HOST: 'y' });
  assert.equal(one.kind === 'filtered' && one.text, '{{ "x" }}');
  assert.equal(other.kind === 'filtered' && other.text, 'y');
});
