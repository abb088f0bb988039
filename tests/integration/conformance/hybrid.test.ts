import { runPlan } from './plans.ts';

runPlan('hybrid', false);
