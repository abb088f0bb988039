import { runPlan } from './plans.ts';

runPlan('hybrid', true);
