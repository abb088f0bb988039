/** Tokens to tree: Go's `text/template` grammar. Which functions exist is not known here. */
import { type Token, tokenize } from './lexer.ts';
import type { Block, Command, Operand, Pipeline, Statement, Template } from './syntax.ts';
import { TemplateError } from './template-error.ts';

const keywords = ['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue'];
const depthMax = 100;

export function parseTemplate(source: string): Template {
  return new Parser(tokenize(source)).template();
}

type Ending = { readonly keyword: 'end' | 'else' | 'eof'; readonly line: number };

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;
  #loops = 0;
  readonly #definitions = new Map<string, Block>();

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  template(): Template {
    const { body, ending } = this.#block();
    if (ending.keyword !== 'eof')
      throw new TemplateError(
        ending.line,
        `'{{ ${ending.keyword} }}' closes nothing.`,
        'Remove it, or open what it closes.',
      );
    return { body, definitions: this.#definitions };
  }

  #block(): { body: Block; ending: Ending } {
    this.#depth += 1;
    if (this.#depth > depthMax) throw new TemplateError(this.#line(), 'Blocks are nested too deeply.', 'Flatten them.');
    const body: Statement[] = [];
    for (;;) {
      const token = this.#next();
      if (!token || token.kind === 'text') {
        if (token) body.push(token);
        else return this.#leave(body, { keyword: 'eof', line: this.#line() });
        continue;
      }
      const keyword = this.#keyword();
      if (keyword === 'end' || keyword === 'else') {
        if (keyword === 'end') this.#close();
        return this.#leave(body, { keyword, line: token.line });
      }
      const statement = keyword ? this.#statement(keyword, token.line) : this.#action(token.line);
      if (statement) body.push(statement);
    }
  }

  #leave(body: Block, ending: Ending): { body: Block; ending: Ending } {
    this.#depth -= 1;
    return { body, ending };
  }

  #keyword(): string | undefined {
    const token = this.#peek();
    if (token?.kind !== 'word' || !keywords.includes(token.text)) return undefined;
    this.#position += 1;
    return token.text;
  }

  #action(line: number): Statement | undefined {
    if (this.#peek()?.kind === 'close')
      throw new TemplateError(line, 'There is nothing between the braces.', 'Write a value, or remove the braces.');
    const pipeline = this.#pipeline();
    this.#close();
    return { kind: 'action', pipeline, line };
  }

  #statement(keyword: string, line: number): Statement | undefined {
    switch (keyword) {
      case 'if':
      case 'with':
        return this.#branch(keyword, line);
      case 'range':
        return this.#range(line);
      case 'define':
        this.#define(line);
        return undefined;
      case 'block': {
        const name = this.#name();
        const argument = this.#pipeline();
        this.#close();
        this.#definitions.set(name, this.#closedBlock(line));
        return { kind: 'template', name, argument, line };
      }
      case 'template': {
        const name = this.#name();
        const argument = this.#peek()?.kind === 'close' ? undefined : this.#pipeline();
        this.#close();
        return { kind: 'template', name, argument, line };
      }
      default:
        return this.#jump(keyword, line);
    }
  }

  #branch(kind: 'if' | 'with', line: number): Statement {
    const pipeline = this.#pipeline();
    this.#close();
    const { body, otherwise } = this.#bodies(line);
    return { kind, pipeline, body, otherwise, line };
  }

  #range(line: number): Statement {
    const pipeline = this.#pipeline(2);
    this.#close();
    this.#loops += 1;
    const { body, otherwise } = this.#bodies(line);
    this.#loops -= 1;
    return { kind: 'range', pipeline, body, otherwise, line };
  }

  #bodies(line: number): { body: Block; otherwise: Block } {
    const { body, ending } = this.#block();
    if (ending.keyword === 'end') return { body, otherwise: [] };
    if (ending.keyword === 'eof') throw unclosed(line);
    const chained = this.#peek();
    if (chained?.kind === 'word' && (chained.text === 'if' || chained.text === 'with')) {
      this.#position += 1;
      return { body, otherwise: [this.#branch(chained.text, chained.line)] };
    }
    this.#close();
    return { body, otherwise: this.#closedBlock(line) };
  }

  #closedBlock(line: number): Block {
    const { body, ending } = this.#block();
    if (ending.keyword !== 'end') throw unclosed(line);
    return body;
  }

  #define(line: number): void {
    const name = this.#name();
    this.#close();
    this.#definitions.set(name, this.#closedBlock(line));
  }

  #jump(keyword: string, line: number): Statement {
    if (this.#loops === 0) throw new TemplateError(line, `'${keyword}' stands outside of a range.`, 'Remove it.');
    this.#close();
    return { kind: keyword === 'break' ? 'break' : 'continue', line };
  }

  #name(): string {
    const token = this.#next();
    if (token?.kind === 'string') return token.value;
    throw new TemplateError(token?.line ?? this.#line(), 'A template has no name.', 'Write its name in double quotes.');
  }

  #pipeline(variablesMax = 1): Pipeline {
    const line = this.#line();
    const { variables, assigns } = this.#declaration(variablesMax);
    const commands: Command[] = [this.#command()];
    while (this.#takes('|')) commands.push(this.#command());
    return { variables, assigns, commands, line };
  }

  #declaration(variablesMax: number): { variables: string[]; assigns: boolean } {
    const start = this.#position;
    const variables: string[] = [];
    do {
      const token = this.#next();
      if (token?.kind !== 'word' || !token.text.startsWith('$')) break;
      variables.push(token.text);
    } while (variables.length < variablesMax && this.#takes(','));
    for (const sign of [':=', '='])
      if (variables.length > 0 && this.#takes(sign)) return { variables, assigns: sign === '=' };
    this.#position = start;
    return { variables: [], assigns: false };
  }

  #command(): Command {
    const line = this.#line();
    const operands: Operand[] = [];
    for (let operand = this.#operand(); operand; operand = this.#operand()) operands.push(operand);
    const [first, ...rest] = operands;
    if (!first) throw new TemplateError(line, 'A value is missing.', 'Write a value, a function or a field here.');
    return { operands: [first, ...rest], line };
  }

  #operand(): Operand | undefined {
    let operand = this.#term();
    if (!operand) return undefined;
    for (;;) {
      const token = this.#peek();
      if (token?.kind !== 'word' || !/^\../.test(token.text) || token.spaced) return operand;
      this.#position += 1;
      operand = { kind: 'field', target: operand, name: token.text.slice(1), line: token.line };
    }
  }

  #term(): Operand | undefined {
    const token = this.#peek();
    if (!token) return undefined;
    const { line } = token;
    if (token.kind === 'string' || token.kind === 'number') {
      this.#position += 1;
      return { kind: 'literal', value: token.value, line };
    }
    if (token.kind !== 'word') return undefined;
    const { text } = token;
    if (['|', ')', ',', ':=', '='].includes(text)) return undefined;
    this.#position += 1;
    if (text === '(') return this.#parenthesis(line);
    if (text === '.') return { kind: 'dot', line };
    if (text.startsWith('.')) return { kind: 'field', target: { kind: 'dot', line }, name: text.slice(1), line };
    if (text.startsWith('$')) return { kind: 'variable', name: text, line };
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', line };
    return text === 'nil' ? { kind: 'literal', value: undefined, line } : { kind: 'function', name: text, line };
  }

  #parenthesis(line: number): Operand {
    this.#depth += 1;
    if (this.#depth > depthMax) throw new TemplateError(line, 'Parentheses are nested too deeply.', 'Flatten them.');
    const pipeline = this.#pipeline();
    if (!this.#takes(')')) throw new TemplateError(line, "A '(' is not closed.", "Close it with ')'.");
    this.#depth -= 1;
    return { kind: 'pipeline', pipeline, line };
  }

  #takes(text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.#position += 1;
    return true;
  }

  #close(): void {
    const token = this.#next();
    if (token?.kind !== 'close')
      throw new TemplateError(
        token?.line ?? this.#line(),
        'Something stands here that has no meaning.',
        "Close the action with '}}' before it.",
      );
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#position];
    this.#position += 1;
    return token;
  }

  #line(): number {
    return (this.#tokens[this.#position] ?? this.#tokens.at(-1))?.line ?? 1;
  }
}

function unclosed(line: number): TemplateError {
  return new TemplateError(line, 'A block that begins here has no end.', "Close it with '{{ end }}'.");
}
