/**
 * A preload (`node --import`) under which a program lives CLOCK_AHEAD_MS later than the machine: what takes an hour to
 * expire is seen expired at once.
 */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const RealDate = Date;
const now = (): number => RealDate.now() + aheadMs;

class LaterDate extends RealDate {
  constructor(...parameters: unknown[]) {
    super(...((parameters.length === 0 ? [now()] : parameters) as [number]));
  }
  static override now(): number {
    return now();
  }
}

if (aheadMs !== 0) globalThis.Date = LaterDate as DateConstructor;
