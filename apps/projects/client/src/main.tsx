/** Starts the client: cache, router, screens. */
import '@gatehouse/design/tokens.css';
import './styles/base.css';
import './styles/kit.css';
import './styles/shell.css';
import './styles/board.css';
import './styles/home.css';
import './styles/to-do.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem } from './api/client.ts';
import { App } from './app.tsx';

const cache = new QueryClient({
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
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
