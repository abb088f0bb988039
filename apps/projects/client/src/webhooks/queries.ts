/** What is held of the webhooks of a project, and what went to each. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CreateWebhookRequest,
  DeliveriesAnswer,
  DeliveryAnswer,
  EditWebhookRequest,
  NewWebhookAnswer,
  WebhookAnswer,
  WebhooksAnswer,
} from '../../../wire/webhook.ts';
import { callApi } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';

const pathOf = (key: string): string => `/projects/${key}/webhooks`;
const webhooksKey = (key: string) => ['webhooks', key];
const deliveriesKey = (key: string, id: string) => ['webhooks', key, id];
/** While something waits, it may go any moment. */
const lookAgainMs = 3_000;

export function useWebhooks(key: string) {
  return useQuery({
    queryKey: webhooksKey(key),
    queryFn: async () => (await callApi<WebhooksAnswer>('GET', pathOf(key))).webhooks,
  });
}

export function useDeliveries(key: string, id: string) {
  return useQuery({
    queryKey: deliveriesKey(key, id),
    queryFn: async () => (await callApi<DeliveriesAnswer>('GET', `${pathOf(key)}/${id}/deliveries`)).deliveries,
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'waiting') ? lookAgainMs : false),
  });
}

/** A change of the webhooks of a project; what is shown of them is asked for anew. */
function useChange<Request, Answer>(key: string, change: (request: Request) => Promise<Answer>, quiet = false) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooksKey(key) }),
    ...(!quiet && { onError: showProblem }),
  });
}

export function useCreateWebhook(key: string) {
  return useChange(
    key,
    (request: CreateWebhookRequest) => callApi<NewWebhookAnswer>('POST', pathOf(key), request),
    true,
  );
}

export function useEditWebhook(key: string, id: string) {
  return useChange(key, (request: EditWebhookRequest) =>
    callApi<WebhookAnswer>('PATCH', `${pathOf(key)}/${id}`, request),
  );
}

export function useRenewSecret(key: string, id: string) {
  return useChange(key, () => callApi<NewWebhookAnswer>('POST', `${pathOf(key)}/${id}/secret`, {}));
}

export function useRemoveWebhook(key: string, id: string) {
  return useChange(key, () => callApi<void>('DELETE', `${pathOf(key)}/${id}`));
}

export function usePing(key: string, id: string) {
  return useChange(key, () => callApi<DeliveryAnswer>('POST', `${pathOf(key)}/${id}/ping`, {}));
}

export function useSendAgain(key: string, id: string) {
  return useChange(key, (deliveryId: string) =>
    callApi<DeliveryAnswer>('POST', `${pathOf(key)}/${id}/deliveries/${deliveryId}/again`, {}),
  );
}
