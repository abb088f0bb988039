import { runPlan } from './plans.ts';

runPlan('basic', false);
