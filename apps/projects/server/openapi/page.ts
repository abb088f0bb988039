/**
 * The description of the API as a page: every route in its group, with what it is for, who gets in, what it takes and what it
 * answers with. Made of the document alone. The frame speaks the language of whoever asks; the rest is English, as the API is.
 */
import { html } from 'hono/html';
import { frame, type Html, type Look, markLine } from '../sign-in/pages.ts';
import { fieldsOf, type Schema, typeOf } from './types.ts';

export type ApiDocument = {
  readonly info: { readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

export type Operation = {
  readonly operationId: string;
  readonly summary?: string;
  readonly description: string;
  readonly tags?: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

/** All but the frame is the same for everybody, and is made once. */
export function apiPage({ info, servers, tags, paths }: ApiDocument): (look: Look) => Html {
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = tags.map(({ name }) => ({
    name,
    id: name.toLowerCase().replaceAll(' ', '-'),
    routes: routes.filter(({ operation }) => operation.tags?.includes(name)),
  }));
  const contents = html`<nav aria-label="Contents"><ul class="api-contents">
${groups.map(({ name, id, routes: { length } }) => html`<li><a href="#${id}">${name}</a> <span>${length}</span></li>`)}
</ul></nav>`;
  const sections = groups.map(
    (group) => html`<section class="panel" lang="en" id="${group.id}" aria-labelledby="${group.id}-name">
<h2 id="${group.id}-name">${group.name}</h2>
${group.routes.map(describeRoute)}
</section>
`,
  );
  return (look) => {
    const { say } = look;
    return frame(
      look,
      say('The API of this workspace'),
      html`${markLine(look, html`<a href="/settings/tokens">← ${say('Access tokens')}</a>`)}
<div class="api"><section class="panel"><div class="head"><h1>${say('The API of this workspace')}</h1></div>
<div class="stack"><p lang="en">${withCode(info.description)}</p>
<p lang="en">All addresses below begin with <code>${servers[0]?.url}</code>.</p>
<p><a href="/api/openapi.json">${say('The same for programs (OpenAPI 3.1)')}</a></p>
<div lang="en">${contents}</div></div></section>
${sections}</div>`,
      'portal-column portal-column-wide api-column',
    );
  };
}

function describeRoute({ method, path, operation }: Route): Html {
  const { summary = '', description, parameters, requestBody } = operation;
  const query = parameters.filter((each) => each.in === 'query');
  const body = requestBody?.content['application/json']?.schema;
  return html`<article id="${operation.operationId}">
<h3><code>${method} ${path}</code></h3>
<p>${withCode(summary)}</p>
<dl>
${fact('Access', withCode(description))}
${query.length > 0 ? fact('Query', fieldList(query.map(({ name, required, schema }) => ({ name, required, type: typeOf(schema) })))) : ''}
${body ? fact('Takes', fieldList(fieldsOf(body))) : ''}
${fact('Answers', answerOf(operation))}
</dl>
</article>
`;
}

const fact = (name: string, what: Html | Html[] | string): Html => html`<div><dt>${name}</dt><dd>${what}</dd></div>`;

function fieldList(fields: readonly { readonly name: string; readonly required: boolean; readonly type: string }[]) {
  return html`<ul>${fields.map(
    ({ name, required, type }) => html`<li><code>${name}${required ? '' : '?'}: <span>${type}</span></code></li>`,
  )}</ul>`;
}

/** The first is the one that does what was asked. */
function answerOf({ responses }: Operation): Html {
  const [[status = '', { content = {} } = {}] = []] = Object.entries(responses).toSorted(([a], [b]) =>
    a.localeCompare(b),
  );
  const [[media, { schema } = {}] = []] = Object.entries(content);
  const shape = schema ? typeOf(schema) : media;
  return html`<code>${status}${shape === undefined ? '' : html` <span>${shape}</span>`}</code>`;
}

/** What stands between backticks is code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
