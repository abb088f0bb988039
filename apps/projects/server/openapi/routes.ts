/** The description of the API for programs, and a page to read it. For people who are signed in. */
import { html } from 'hono/html';
import type { Workspace } from '../api/workspace.ts';
import type { Feature } from '../app.ts';
import { requirePerson } from '../session/person.ts';
import { describeApi } from './document.ts';

export function openApiFeature(workspace: Workspace, stylesheet?: string): Feature {
  return function mountOpenApi(app) {
    const document = describeApi(workspace.siteName, `${workspace.appUrl}/api/v1`);
    app.get('/api/openapi.json', requirePerson, (c) => c.json(document));
    app.get('/settings/api', requirePerson, (c) => c.html(readablePage(document, stylesheet)));
  };
}

type Operation = { readonly description: string };

function readablePage(document: Record<string, unknown>, stylesheet = '') {
  const paths = Object.entries(document.paths as Record<string, Record<string, Operation>>);
  const { title, description } = document.info as { title: string; description: string };
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${stylesheet ? html`<link rel="stylesheet" href="${stylesheet}">` : ''}</head>
<body><main class="page"><h1>${title}</h1><p>${description}</p><p><a href="/api/openapi.json">The same for programs (OpenAPI 3.1)</a></p>
${paths.map(([path, operations]) =>
  Object.entries(operations).map(
    ([
      method,
      operation,
    ]) => html`<section><h2><code>${method.toUpperCase()} ${path}</code></h2><p>${operation.description}</p></section>
`,
  ),
)}
</main></body>
</html>`;
}
