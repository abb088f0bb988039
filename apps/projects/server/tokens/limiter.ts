/** Counts what each token asks for in a minute, in this process. Forgets minutes that are over. */

export type Limiter = {
  /** `left` is below zero when it was one too many. */
  take(id: string): { readonly left: number; readonly resetSeconds: number };
};

const minuteMs = 60_000;

export function createLimiter({ perMinuteMax, now }: { perMinuteMax: number; now: () => number }): Limiter {
  let minute = 0;
  let counts = new Map<string, number>();
  return {
    take(id) {
      const at = now();
      const current = Math.floor(at / minuteMs);
      if (current !== minute) {
        minute = current;
        counts = new Map();
      }
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return { left: perMinuteMax - count, resetSeconds: Math.ceil(((current + 1) * minuteMs - at) / 1000) };
    },
  };
}
