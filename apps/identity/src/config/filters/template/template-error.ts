/** What goes wrong in a template: where, what, and what would be right. Turned into a problem by `render.ts`. */
export class TemplateError extends Error {
  readonly code = 'template_refused';
  readonly line: number;
  readonly cure: string;

  constructor(line: number, message: string, cure: string) {
    super(message);
    this.line = line;
    this.cure = cure;
  }
}
