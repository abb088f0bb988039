/**
 * A preload (`node --import`) under which a program's clock can be moved on while it runs: at SIGUSR2 it reads from the file
 * CLOCK_FILE how many milliseconds later it now is, and says so in a line of its output.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let aheadMs = 0;
const now = (): number => RealDate.now() + aheadMs;

class SteeredDate extends RealDate {
  constructor(...parameters: unknown[]) {
    super(...((parameters.length === 0 ? [now()] : parameters) as [number]));
  }
  static override now(): number {
    return now();
  }
}

const { CLOCK_FILE: path } = process.env;
if (path !== undefined) {
  globalThis.Date = SteeredDate as DateConstructor;
  process.on('SIGUSR2', () => {
    aheadMs = Number(readFileSync(path, 'utf8'));
    console.log(`The clock is ${aheadMs} ms ahead`);
  });
}
