import { runPlan } from './plans.ts';

runPlan('implicit', true);
