/**
 * The description of the API for programs, and a page to read it. For people who are signed in; whatever writes a client of
 * the API fetches the description with an access token that reads.
 */
import { answerRefusal } from '../api/json.ts';
import { refuseAny } from '../api/permit.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Feature } from '../app.ts';
import { workspace as wholeWorkspace } from '../projects/policy.ts';
import { requirePerson } from '../session/person.ts';
import type { LookOf } from '../sign-in/pages.ts';
import { describeApi } from './document.ts';
import { type ApiDocument, apiPage } from './page.ts';

export const openApiPath = '/api/openapi.json';

export function openApiFeature(workspace: Workspace, lookOf: LookOf): Feature {
  return function mountOpenApi(app) {
    const document = describeApi(workspace.siteName, `${workspace.appUrl}/api/v1`);
    const pageFor = apiPage(document as ApiDocument);
    app.get(openApiPath, requirePerson, (c) => {
      const refusal = refuseAny(c.get('person'), 'me.view', wholeWorkspace);
      return refusal ? answerRefusal(c, refusal) : c.json(document);
    });
    app.get('/settings/api', requirePerson, (c) => c.html(pageFor(lookOf(c))));
  };
}
