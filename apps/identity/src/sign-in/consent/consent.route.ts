/**
 * The consent step: shows what the application will see and hands the answer to the flow. An answer counts only for the
 * person to whom the page was shown.
 */
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import {
  isSignedIn,
  type Onward,
  questionOf,
  type ShowStep,
  type SignedInVisit,
  type SignInEnv,
  stepAddress,
  stepCount,
  textOf,
  wordsOf,
} from '../visit.ts';
import { consentPage } from './consent.page.ts';
import { deviceFacts } from './device-facts.ts';

export function consentStep(parts: {
  readonly onward: Onward;
  nowMs(): number;
  readonly anotherAddress: (visit: SignedInVisit) => string;
}): { readonly show: ShowStep; readonly routes: Hono<SignInEnv> } {
  const { onward } = parts;

  const show: ShowStep = async (c, visit) => {
    if (!isSignedIn(visit)) return onward.go(c, visit);
    const question = await questionOf(visit);
    const { application, device } = visit.flow.about;
    if (question.kind !== 'ask' || !application) return onward.go(c, visit);
    const page = consentPage(c.var.look, {
      action: stepAddress(visit.flow, 'consent'),
      steps: stepCount(visit),
      application,
      ...(device && { device: deviceFacts(c.var.look.say, device, visit.address, parts.nowMs()) }),
      username: visit.session.username,
      lines: question.lines,
      mayRemember: question.mayRemember,
      offlineAccess: question.offlineAccess,
      services: question.services,
      anotherAddress: parts.anotherAddress(visit),
    });
    return respond(c, page, { formsLead: 'onward' });
  };

  const routes = new Hono<SignInEnv>();
  routes.get('/', async (c) => {
    const { visit } = c.var;
    return (await onward.next(visit)) === 'consent' ? show(c, visit) : onward.go(c, visit);
  });

  routes.post('/', async (c) => {
    const { visit } = c.var;
    if (!isSignedIn(visit) || (await onward.next(visit)) !== 'consent') return onward.go(c, visit);
    const form = await c.req.parseBody({ all: true });
    const meant = textOf(form, 'username');
    const decision = textOf(form, 'decision');
    if (decision === 'deny') return c.redirect(await visit.flow.refuse('consent-denied'), 303);
    if (decision !== 'accept' || (meant !== '' && meant !== visit.session.username)) return show(c, visit);
    const remember = textOf(form, 'remember') !== '';
    return c.redirect(
      await visit.flow.finish(visit.session, visit.identity, { remember, sharedClaims: wordsOf(form, 'claim') }),
      303,
    );
  });

  return { show, routes };
}
