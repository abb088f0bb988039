/**
 * Walks the tree of a template and writes what comes out. Bounded: steps, output and depth of templates calling templates
 * each have a limit, so that a template cannot hold up the start for ever.
 */
import type { LineWriter } from '../lined-text.ts';
import { FunctionRefusal } from './functions/arguments.ts';
import type { FunctionTable } from './functions/table.ts';
import type { Block, Command, Operand, Pipeline, Statement, Template } from './syntax.ts';
import { TemplateError } from './template-error.ts';
import { isList, isTrue, printed, type Value } from './value.ts';

const stepsMax = 1_000_000;
const outputCharactersMax = 8 * 1024 * 1024;
const callDepthMax = 50;

export type Sources = { lineOf(line: number): number };

/** What a template is given beside its functions: the value of the dot, and what becomes of a value that is printed. */
export type Given = { readonly data?: Value; readonly print?: (text: string) => string };

export function evaluate(
  template: Template,
  functions: FunctionTable,
  writer: LineWriter,
  sources: Sources,
  { data, print = (text) => text }: Given = {},
): void {
  new Evaluator(template, functions, writer, sources, print).run(data);
}

type Scope = { readonly names: Map<string, Value>; readonly outer: Scope | undefined };
type Frame = { readonly dot: Value; readonly scope: Scope; readonly depth: number };
/** How a block ended. */
type Flow = 'on' | 'break' | 'continue';

class Evaluator {
  readonly #template: Template;
  readonly #functions: FunctionTable;
  readonly #writer: LineWriter;
  readonly #sources: Sources;
  readonly #print: (text: string) => string;
  #steps = 0;
  #written = 0;

  constructor(
    template: Template,
    functions: FunctionTable,
    writer: LineWriter,
    sources: Sources,
    print: (text: string) => string,
  ) {
    this.#template = template;
    this.#functions = functions;
    this.#writer = writer;
    this.#sources = sources;
    this.#print = print;
  }

  run(data: Value): void {
    this.#block(this.#template.body, { dot: data, scope: newScope(undefined, [['$', data]]), depth: 0 });
  }

  #block(block: Block, frame: Frame): Flow {
    const inner = { ...frame, scope: newScope(frame.scope) };
    for (const statement of block) {
      const flow = this.#statement(statement, inner);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  #statement(statement: Statement, frame: Frame): Flow {
    this.#step(statement.line);
    switch (statement.kind) {
      case 'text':
        this.#write(statement.text, statement.line, true);
        return 'on';
      case 'action': {
        const value = this.#pipeline(statement.pipeline, frame);
        if (statement.pipeline.variables.length === 0) this.#write(this.#print(printed(value)), statement.line, false);
        return 'on';
      }
      case 'if':
      case 'with':
        return this.#branch(statement, frame);
      case 'range':
        return this.#range(statement, frame);
      case 'template':
        this.#call(statement, frame);
        return 'on';
      default:
        return statement.kind;
    }
  }

  #branch(statement: Statement & { kind: 'if' | 'with' }, frame: Frame): Flow {
    const inner = { ...frame, scope: newScope(frame.scope) };
    const value = this.#pipeline(statement.pipeline, inner);
    if (!isTrue(value)) return this.#block(statement.otherwise, inner);
    return this.#block(statement.body, statement.kind === 'with' ? { ...inner, dot: value } : inner);
  }

  #range(statement: Statement & { kind: 'range' }, frame: Frame): Flow {
    const inner = { ...frame, scope: newScope(frame.scope) };
    const { pipeline } = statement;
    const value = this.#pipeline({ ...pipeline, variables: [] }, inner);
    const entries = entriesOf(value, statement.line);
    if (entries.length === 0) return this.#block(statement.otherwise, inner);
    for (const [key, entry] of entries) {
      this.#step(statement.line);
      const names = pipeline.variables;
      const bound: [string, Value][] = names.map((name, index) => [
        name,
        names.length === 2 && index === 0 ? key : entry,
      ]);
      const scope = pipeline.assigns ? newScope(inner.scope) : newScope(inner.scope, bound);
      if (pipeline.assigns) for (const [name, each] of bound) this.#assign(name, each, scope, statement.line);
      if (this.#block(statement.body, { ...inner, dot: entry, scope }) === 'break') break;
    }
    return 'on';
  }

  #call(statement: Statement & { kind: 'template' }, frame: Frame): void {
    const block = this.#template.definitions.get(statement.name);
    if (!block)
      throw new TemplateError(
        statement.line,
        `There is no template '${statement.name}'.`,
        "Write it with '{{ define }}'.",
      );
    if (frame.depth >= callDepthMax)
      throw new TemplateError(statement.line, 'Templates call one another without end.', 'Break the circle.');
    const dot = statement.argument ? this.#pipeline(statement.argument, frame) : undefined;
    this.#block(block, { dot, scope: newScope(undefined, [['$', dot]]), depth: frame.depth + 1 });
  }

  #pipeline(pipeline: Pipeline, frame: Frame): Value {
    let value: Value;
    let first = true;
    for (const command of pipeline.commands) {
      value = this.#command(command, frame, first ? [] : [value]);
      first = false;
    }
    const [name] = pipeline.variables;
    if (name !== undefined) {
      if (pipeline.assigns) this.#assign(name, value, frame.scope, pipeline.line);
      else frame.scope.names.set(name, value);
    }
    return value;
  }

  #command(command: Command, frame: Frame, piped: readonly Value[]): Value {
    this.#step(command.line);
    const [head, ...rest] = command.operands;
    if (head.kind === 'function') return this.#function(head, rest, frame, piped);
    if (rest.length > 0 || piped.length > 0)
      throw new TemplateError(command.line, 'Something that is no function is given values.', 'Put a function first.');
    return this.#operand(head, frame);
  }

  #function(
    head: Operand & { kind: 'function' },
    rest: readonly Operand[],
    frame: Frame,
    piped: readonly Value[],
  ): Value {
    if (head.name === 'and' || head.name === 'or') return this.#shortCircuit(head, rest, frame, piped);
    const known = this.#functions.get(head.name);
    if (!known)
      throw new TemplateError(head.line, `There is no function '${head.name}'.`, this.#functions.suggestion(head.name));
    const values = [...rest.map((operand) => this.#operand(operand, frame)), ...piped];
    try {
      return known(values);
    } catch (error) {
      if (error instanceof FunctionRefusal)
        throw new TemplateError(head.line, `'${head.name}' ${error.message}.`, error.cure);
      throw error;
    }
  }

  /** The first value that decides; later ones are not looked at. */
  #shortCircuit(
    head: Operand & { kind: 'function' },
    rest: readonly Operand[],
    frame: Frame,
    piped: readonly Value[],
  ): Value {
    const decides = head.name === 'or';
    let value: Value;
    for (const operand of rest) {
      value = this.#operand(operand, frame);
      if (isTrue(value) === decides) return value;
    }
    if (rest.length + piped.length === 0)
      throw new TemplateError(head.line, `'${head.name}' is given nothing.`, 'Give it at least one value.');
    return piped.length > 0 ? piped[0] : value;
  }

  #operand(operand: Operand, frame: Frame): Value {
    switch (operand.kind) {
      case 'literal':
        return operand.value;
      case 'dot':
        return frame.dot;
      case 'variable':
        return this.#variable(operand, frame);
      case 'pipeline':
        return this.#pipeline(operand.pipeline, { ...frame, scope: newScope(frame.scope) });
      case 'field':
        return field(this.#operand(operand.target, frame), operand);
      default:
        return this.#function(operand, [], frame, []);
    }
  }

  #variable(operand: Operand & { kind: 'variable' }, frame: Frame): Value {
    const scope = findScope(frame.scope, operand.name);
    if (!scope)
      throw new TemplateError(operand.line, `The variable '${operand.name}' is not set.`, "Set it with ':=' before.");
    return scope.names.get(operand.name);
  }

  #assign(name: string, value: Value, scope: Scope, line: number): void {
    const owner = findScope(scope, name);
    if (!owner) throw new TemplateError(line, `The variable '${name}' is not set.`, "Set it with ':=' the first time.");
    owner.names.set(name, value);
  }

  #write(text: string, line: number, advances: boolean): void {
    this.#written += text.length;
    if (this.#written > outputCharactersMax)
      throw new TemplateError(line, 'The template writes more than 8 MiB.', 'Look for a range that runs too often.');
    this.#writer.write(text, this.#sources.lineOf(line), advances);
  }

  #step(line: number): void {
    this.#steps += 1;
    if (this.#steps > stepsMax)
      throw new TemplateError(
        line,
        `The template takes more than ${stepsMax} steps.`,
        'Look for ranges inside ranges.',
      );
  }
}

function newScope(outer: Scope | undefined, names: readonly [string, Value][] = []): Scope {
  return { names: new Map(names), outer };
}

function findScope(scope: Scope | undefined, name: string): Scope | undefined {
  for (let each = scope; each; each = each.outer) if (each.names.has(name)) return each;
  return undefined;
}

function field(target: Value, { name, line }: { readonly name: string; readonly line: number }): Value {
  if (target instanceof Map) return target.get(name);
  throw new TemplateError(
    line,
    `The value has no field '${name}'.`,
    'Only maps have fields; a configuration has no data.',
  );
}

function entriesOf(value: Value, line: number): [Value, Value][] {
  if (value === undefined) return [];
  if (isList(value)) return value.map((entry, index) => [index, entry]);
  if (value instanceof Map) return [...value].sort(([a], [b]) => (a < b ? -1 : 1));
  if (typeof value === 'number' && Number.isInteger(value) && value <= stepsMax)
    return Array.from({ length: Math.max(0, value) }, (_, index) => [index, index]);
  throw new TemplateError(line, "'range' is given something that is no list.", 'Give it a list, a map or a number.');
}
