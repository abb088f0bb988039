/** Starts the client: cache, router, screens. */
import '@gatehouse/design/tokens.css';
import './styles/base.css';
import './styles/kit.css';
import './styles/shell.css';
import './styles/board.css';
import './styles/home.css';
import './styles/to-do.css';
import './styles/live.css';
import './styles/notifications.css';
import './styles/tokens.css';
import './styles/views.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem, isSignedOut } from './api/client.ts';
import { App } from './app.tsx';
import { showProblem } from './kit/toast.tsx';

// Whichever request finds it out, also one that nobody waits for.
const onError = (error: unknown): void => {
  if (isSignedOut(error)) showProblem(error);
};

const cache = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server decided stays decided; only a server that failed or was not reached is asked again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
  },
});

const place = document.getElementById('app');
if (!place) throw new TypeError('index.html has no element #app');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      {/* The words are English whatever the device speaks; build.ts leaves React Aria's other languages out. */}
      <I18nProvider locale="en-US">
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
