/** How functions take their values, and how they refuse them. */
import { kindOf, type Value } from '../value.ts';

export type TemplateFunction = (values: readonly Value[]) => Value;
export type Functions = Readonly<Record<string, TemplateFunction>>;

/** Continues a sentence that begins with the name of the function. */
export class FunctionRefusal extends Error {
  readonly code = 'template_function_refused';
  readonly cure: string;
  constructor(message: string, cure: string) {
    super(message);
    this.cure = cure;
  }
}

export function count(values: readonly Value[], min: number, max = min): void {
  if (values.length >= min && values.length <= max) return;
  const wanted = min === max ? String(min) : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  throw new FunctionRefusal(`is given ${values.length} values`, `It takes ${wanted}.`);
}

export function textAt(values: readonly Value[], index: number): string {
  const value = values[index];
  if (typeof value === 'string') return value;
  throw wrongKind(value, 'a text', index);
}

export function wholeAt(values: readonly Value[], index: number): number {
  const value = values[index];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw wrongKind(value, 'a whole number', index);
}

export function mapAt(values: readonly Value[], index: number): Map<string, Value> {
  const value = values[index];
  if (value instanceof Map) return value;
  throw wrongKind(value, 'a map', index);
}

function wrongKind(value: Value, wanted: string, index: number): FunctionRefusal {
  return new FunctionRefusal(
    `is given a value of kind '${kindOf(value)}' in place ${index + 1}`,
    `It takes ${wanted} there.`,
  );
}

/** A function of one text. */
export function onText(change: (text: string) => Value): TemplateFunction {
  return (values) => {
    count(values, 1);
    return change(textAt(values, 0));
  };
}

/** A function of two texts. */
export function onTexts(change: (first: string, second: string) => Value): TemplateFunction {
  return (values) => {
    count(values, 2);
    return change(textAt(values, 0), textAt(values, 1));
  };
}
