/** What was sent to one webhook, the latest first, with how it went and a way to send it again. */
import type { Delivery } from '../../../wire/webhook.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useToday } from '../kit/clock.ts';
import { sayInstant, sayMoment } from '../kit/day-words.ts';
import { Problem } from '../kit/problem.tsx';
import { type Say, useSay } from '../words/say.ts';
import { useDeliveries, useSendAgain } from './queries.ts';

type DeliveriesProps = { readonly projectKey: string; readonly webhookId: string; readonly canSend: boolean };

export function Deliveries({ projectKey, webhookId, canSend }: DeliveriesProps) {
  const say = useSay();
  const today = useToday();
  const { data: deliveries, error } = useDeliveries(projectKey, webhookId);
  const again = useSendAgain(projectKey, webhookId);
  if (error) return <Problem error={error} />;
  if (deliveries?.length === 0) return <p className="fact-note">{say('Nothing yet. It is kept for 30 days.')}</p>;
  return (
    <ul className="deliveries">
      {deliveries?.map((delivery) => (
        <li key={delivery.id} className="delivery">
          <span className="delivery-words">
            <span>
              <code>{delivery.kind}</code>{' '}
              <b className={`delivery-${delivery.state}`}>{sayState(say, delivery.state)}</b>
            </span>
            <span className="fact-note">
              <time dateTime={delivery.createdAt} title={sayMoment(delivery.createdAt)}>
                {sayInstant(delivery.createdAt, today)}
              </time>
              {delivery.problem && ` · ${delivery.problem}`}
              {delivery.attempts > 0 && delivery.nextAt && (
                <> {say('Next try: {time}.', { time: sayInstant(delivery.nextAt, today) })}</>
              )}
            </span>
          </span>
          <ActButton
            type="button"
            className="button button-quiet"
            disabled={!canSend}
            isPending={again.isPending}
            onClick={() => again.mutate(delivery.id)}
          >
            {delivery.state === 'waiting' ? say('Send now') : say('Send again')}
          </ActButton>
        </li>
      ))}
    </ul>
  );
}

function sayState(say: Say, state: Delivery['state']): string {
  switch (state) {
    case 'delivered':
      return say('arrived');
    case 'failed':
      return say('given up');
    case 'waiting':
      return say('waits');
  }
}
