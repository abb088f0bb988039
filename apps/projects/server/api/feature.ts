/** The workspace as a feature of the app: the API, the files of the client, and its page at the workspace's addresses. */
import type { Log } from '@gatehouse/web/log.ts';
import type { Feature } from '../app.ts';
import type { ClientAssets } from '../client-assets.ts';
import { requirePerson } from '../session/person.ts';
import { workspaceApi } from './api.ts';
import type { Workspace } from './workspace.ts';

export function workspaceFeature(workspace: Workspace, assets: ClientAssets, log: Log): Feature {
  return function mountWorkspace(app) {
    app.route('/api/v1', workspaceApi(workspace, log));
    for (const path of assets.paths) app.get(path, assets.file);
    app.get('/', requirePerson, (c) => c.redirect('/dashboard/home', 302));
    app.get('/dashboard/home', requirePerson, assets.page);
    app.get('/p/*', requirePerson, assets.page);
  };
}
