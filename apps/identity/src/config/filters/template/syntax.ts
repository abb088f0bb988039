/** The tree of a template, as the parser makes it and the evaluator walks it. Each node knows its line. */

export type Block = readonly Statement[];

export type Statement =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  /** Prints its value, unless it only sets a variable. */
  | { readonly kind: 'action'; readonly pipeline: Pipeline; readonly line: number }
  | {
      readonly kind: 'if' | 'with';
      readonly pipeline: Pipeline;
      readonly body: Block;
      readonly otherwise: Block;
      readonly line: number;
    }
  | {
      readonly kind: 'range';
      readonly pipeline: Pipeline;
      readonly body: Block;
      readonly otherwise: Block;
      readonly line: number;
    }
  | { readonly kind: 'break' | 'continue'; readonly line: number }
  | {
      readonly kind: 'template';
      readonly name: string;
      readonly argument: Pipeline | undefined;
      readonly line: number;
    };

export type Pipeline = {
  /** `$a := …`, `$a = …`, and in a range `$index, $value := …`. */
  readonly variables: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly line: number;
};

export type Command = { readonly operands: readonly [Operand, ...Operand[]]; readonly line: number };

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | undefined; readonly line: number }
  | { readonly kind: 'function'; readonly name: string; readonly line: number }
  | { readonly kind: 'dot'; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string; readonly line: number }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly line: number }
  | { readonly kind: 'field'; readonly target: Operand; readonly name: string; readonly line: number };

export type Template = { readonly body: Block; readonly definitions: ReadonlyMap<string, Block> };
