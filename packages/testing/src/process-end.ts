/**
 * What must happen when a test process ends, however it ends short of SIGKILL: children die, folders go. Runs what was
 * registered last first.
 */
const endings = new Set<() => void>();
let listening = false;

/** Registers a synchronous ending; the answer takes it back. */
export function onProcessEnd(ending: () => void): () => void {
  if (!listening) listen();
  endings.add(ending);
  return () => void endings.delete(ending);
}

function listen(): void {
  listening = true;
  process.on('exit', runEndings);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      runEndings();
      process.kill(process.pid, signal);
    });
  }
}

function runEndings(): void {
  for (const ending of [...endings].reverse()) {
    endings.delete(ending);
    try {
      ending();
    } catch {
      // The others must have their turn; a folder that stays in the temporary directory harms nobody.
    }
  }
}
