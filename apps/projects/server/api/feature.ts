/** The workspace as a feature of the app: its API, and the client that shows it. */
import type { Log } from '@gatehouse/web/log.ts';
import type { Feature } from '../app.ts';
import { type ClientAssets, mountClient } from '../client-assets.ts';
import { looksFor } from '../preferences/looks.ts';
import { workspaceApi } from './api.ts';
import type { Workspace } from './workspace.ts';

export function workspaceFeature(workspace: Workspace, client: ClientAssets, log: Log): Feature {
  return function mountWorkspace(app) {
    app.route('/api/v1', workspaceApi(workspace, log));
    mountClient(app, client, looksFor(workspace));
  };
}
