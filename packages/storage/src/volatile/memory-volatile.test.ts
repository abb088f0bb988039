import { memoryVolatile } from './memory-volatile.ts';
import { volatileSuite } from './volatile.suite.ts';

volatileSuite({
  name: 'memory',
  async open(nowMs) {
    const volatile = memoryVolatile(nowMs);
    return { first: volatile, second: volatile, close: () => volatile.close() };
  },
});
