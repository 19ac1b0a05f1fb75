import { type PaymentProvider } from '../../../src/providers/payment-provider';
import {
  type NotificationOps,
  type ProviderNotification,
  type RawNotification,
} from '../../../src/providers/provider-parts';
import { eventually } from '../../support/http';
import { type ContractBench, done } from './bench';

/** What the gateway tells us: believed by its signature alone, and never more than a hint. */
export function notificationContract(bench: ContractBench, declared: PaymentProvider): void {
  if (!declared.notifications) return;

  describe('a notification', () => {
    it('is genuine, and names the payment', async () => {
      const { payment, delivery } = await hear(bench);
      const heard = await genuine(bench, delivery);
      expect(heard.kind).toBe('payment');
      expect(heard.paymentIds).toContain(payment.providerId);
      expect(heard.body).toBe(delivery.body.toString('utf8'));
    });

    it('has the same id each time it is looked at', async () => {
      const { delivery } = await hear(bench);
      const first = await genuine(bench, delivery);
      expect((await genuine(bench, delivery)).eventId).toBe(first.eventId);
    });

    it('is forged as soon as one byte of it is another', async () => {
      const { delivery } = await hear(bench);
      const body = Buffer.from(delivery.body);
      const at = body.indexOf('1');
      body[at] = '2'.charCodeAt(0);
      expect(at).toBeGreaterThan(-1);
      const changed = await opsOf(bench.provider).verify({ ...delivery, body });
      expect(changed).toMatchObject({ verdict: 'forged' });
    });

    it('without its headers is forged', async () => {
      const { delivery } = await hear(bench);
      const bare = await opsOf(bench.provider).verify({ ...delivery, headers: {} });
      expect(bare).toMatchObject({ verdict: 'forged' });
    });

    it('that was lost stands in the list of events', async () => {
      const since = new Date(Date.now() - 60_000);
      const { delivery } = await hear(bench);
      const { eventId } = await genuine(bench, delivery);
      const listed = done(await opsOf(bench.provider).list(since));
      expect(listed.notifications.map((one) => one.eventId)).toContain(eventId);
    });
  });
}

async function hear(bench: ContractBench) {
  const { created } = await bench.create();
  await bench.gateway.press(created, 'pay');
  const told = await eventually(
    async () => (await bench.gateway.told?.(created)) ?? [],
    (deliveries) => deliveries.length > 0,
  );
  const delivery = told.at(-1);
  if (!delivery) throw new Error('Nothing was delivered.');
  return { payment: created, delivery };
}

async function genuine(
  bench: ContractBench,
  delivery: RawNotification,
): Promise<ProviderNotification> {
  const verdict = await opsOf(bench.provider).verify(delivery);
  if (verdict.verdict !== 'genuine') throw new Error(`not genuine: ${JSON.stringify(verdict)}`);
  return verdict.notification;
}

function opsOf({ notifications }: PaymentProvider): NotificationOps {
  if (!notifications) throw new Error('The adapter hears nothing.');
  return notifications;
}
