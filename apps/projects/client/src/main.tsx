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
import '@gatehouse/design/looks.css';
import './styles/looks.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { isOtherPerson, isSignedOut } from './api/client.ts';
import { hearSignOut } from './api/kept.ts';
import { retryUpTo } from './api/problem.ts';
import { App } from './app.tsx';
import { showProblem } from './kit/toast.tsx';
import { ariaLocale, bringWords, languageOfPage } from './words/say.ts';

// Whichever request finds it out, also one that nobody waits for.
const onError = (error: unknown): void => {
  if (isSignedOut(error) || isOtherPerson(error)) showProblem(error);
};

const cache = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: retryUpTo(2),
    },
  },
});

hearSignOut();

const language = languageOfPage();
if (language !== 'en') await bringWords(language);

const place = document.getElementById('app');
if (!place) throw new TypeError('index.html has no element #app');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      {/* The language is that of the page, whatever the device speaks. */}
      <I18nProvider locale={ariaLocale()}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
