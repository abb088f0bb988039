/** The last net: when a screen fails, a page that says so and offers to load it again. */

import { Component, type ReactNode } from 'react';
import { sayProblem } from '../api/client.ts';
import { saying } from '../words/say.ts';

export class ErrorCatcher extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    const say = saying();
    return (
      <main className="page empty" id="content">
        <h1>{say('This page could not be shown')}</h1>
        <p role="alert">{sayProblem(this.state.error)}</p>
        <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
          {say('Load it again')}
        </button>
      </main>
    );
  }
}
