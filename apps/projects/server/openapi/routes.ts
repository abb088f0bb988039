/**
 * The description of the API for programs, and a page to read it. For people who are signed in; whatever writes a client of
 * the API fetches the description with an access token that reads.
 */
import { html, raw } from 'hono/html';
import { answerRefusal } from '../api/json.ts';
import { refuseAny } from '../api/permit.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Feature } from '../app.ts';
import { workspace as wholeWorkspace } from '../projects/policy.ts';
import { requirePerson } from '../session/person.ts';
import type { Look, LookOf } from '../sign-in/pages.ts';
import { sayingIn } from '../words/say-of.ts';
import { describeApi } from './document.ts';

export const openApiPath = '/api/openapi.json';

export function openApiFeature(workspace: Workspace, lookOf?: LookOf): Feature {
  return function mountOpenApi(app) {
    const document = describeApi(workspace.siteName, `${workspace.appUrl}/api/v1`);
    app.get(openApiPath, requirePerson, (c) => {
      const refusal = refuseAny(c.get('person'), 'me.view', wholeWorkspace);
      return refusal ? answerRefusal(c, refusal) : c.json(document);
    });
    app.get('/settings/api', requirePerson, (c) => c.html(readablePage(document, lookOf?.(c))));
  };
}

type Operation = { readonly description: string };

/** The frame speaks the language of whoever asks; what describes the API is English, as the API is. */
function readablePage(document: Record<string, unknown>, look: Look | undefined) {
  const say = look?.say ?? sayingIn('en');
  const paths = Object.entries(document.paths as Record<string, Record<string, Operation>>);
  const { title, description } = document.info as { title: string; description: string };
  return html`<!doctype html>
<html lang="${say.language}"${raw(look?.attributes ?? '')}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${look ? html`<link rel="stylesheet" href="${look.stylesheet}">` : ''}</head>
<body><main class="page"><h1>${say('The API of this workspace')}</h1><p><a href="/settings/tokens">${say('Access tokens')}</a> · <a href="/api/openapi.json">${say('The same for programs (OpenAPI 3.1)')}</a></p>
<div lang="en"><p>${description}</p>
${paths.map(([path, operations]) =>
  Object.entries(operations).map(
    ([
      method,
      operation,
    ]) => html`<section><h2><code>${method.toUpperCase()} ${path}</code></h2><p>${operation.description}</p></section>
`,
  ),
)}
</div></main></body>
</html>`;
}
