/**
 * Reads plain HTML as a browser without script does: title, forms with what they would send, links, frames. It knows the
 * markup of this house (quoted attributes, no nested forms) and no more of HTML than that.
 */

export type Form = {
  /** As written; empty leads back to the page itself. */
  readonly action: string;
  readonly method: 'get' | 'post';
  /** What would be sent without touching anything: hidden fields, filled ones, ticked boxes. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Every named field that a person could fill in or tick. */
  readonly names: ReadonlySet<string>;
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly text: string }[];
};

export type Markup = {
  readonly title: string;
  readonly text: string;
  readonly forms: readonly Form[];
  /** Where links lead, as written. */
  readonly links: readonly string[];
  readonly frames: readonly string[];
};

export function readMarkup(html: string): Markup {
  const body = html.replaceAll(/<!--[\s\S]*?-->|<(script|style|noscript)\b[\s\S]*?<\/\1>/g, '');
  return {
    title: textOf(/<title[^>]*>([\s\S]*?)<\/title>/.exec(body)?.[1] ?? ''),
    text: textOf(/<body[^>]*>([\s\S]*)/.exec(body)?.[1] ?? body),
    forms: [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) =>
      readForm(head, inside),
    ),
    links: [...body.matchAll(/<a\b([^>]*)>/g)].map(([, head = '']) => attribute(head, 'href') ?? ''),
    frames: [...body.matchAll(/<iframe\b([^>]*)>/g)].map(([, head = '']) => attribute(head, 'src') ?? ''),
  };
}

function readForm(head: string, inside: string): Form {
  const inputs = [...inside.matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) => ({
    name: attribute(attributes, 'name') ?? '',
    type: attribute(attributes, 'type') ?? 'text',
    value: attribute(attributes, 'value') ?? '',
    checked: /\schecked\b/.test(attributes),
  }));
  const isBox = (type: string) => type === 'checkbox' || type === 'radio';
  return {
    action: attribute(head, 'action') ?? '',
    method: attribute(head, 'method')?.toLowerCase() === 'post' ? 'post' : 'get',
    fields: inputs
      .filter(({ name, type, checked }) => name !== '' && type !== 'submit' && (!isBox(type) || checked))
      .map(({ name, value }) => [name, value] as const),
    names: new Set(inputs.filter(({ type }) => type !== 'hidden' && type !== 'submit').map(({ name }) => name)),
    buttons: [
      ...[...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(([, attributes = '', text = '']) => ({
        name: attribute(attributes, 'name') ?? '',
        value: attribute(attributes, 'value') ?? '',
        text: textOf(text),
      })),
      ...inputs.filter(({ type }) => type === 'submit').map(({ name, value }) => ({ name, value, text: value })),
    ],
  };
}

function attribute(head: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)')`, 'i').exec(head) ?? [];
  const raw = double ?? single;
  return raw === undefined ? undefined : unescaped(raw);
}

function textOf(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescaped(text: string): string {
  return text.replaceAll(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity.toLowerCase()] ?? whole;
    const isHex = entity[1]?.toLowerCase() === 'x';
    return String.fromCodePoint(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}
