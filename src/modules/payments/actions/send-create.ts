import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { type CreateOrder, type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult, isCustomerUnknown } from '../../../providers/provider-call';
import { type ProviderCapabilities } from '../../../providers/provider-capabilities';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { DoubtCustomer } from '../../customers/customers.facade';
import { withReturnIds } from '../domain/return-url';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { type Refused, refusalOf, toRefusalError } from './refusals';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

/** Asks the provider for something that the payer can pay, or to charge a mandate. */
@Injectable()
export class SendCreate {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly doubtCustomer: DoubtCustomer,
    private readonly sendOperation: SendOperation,
    private readonly settleRefused: SettleRefused,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const provider = this.registry.get(payment.account);
    const order = toOrder(payment, operation.provider_key, provider.capabilities);
    return this.sendOperation.execute(attempt, {
      call: () => this.create(payment, order),
      refuse: (result) => this.refuse(attempt, result),
    });
  }

  /** Refused because of the customer, nothing was made: the payment goes ahead without, unless it needs one. */
  private async create(
    { account, customer_id: customerId }: PaymentRow,
    order: CreateOrder,
  ): Promise<CallResult<ProviderPayment>> {
    const { payments } = this.registry.get(account);
    const result = await payments.create(order);
    const { providerCustomer, setupMandate } = order;
    if (providerCustomer === null || !isCustomerUnknown(result)) return result;
    if (customerId !== null) {
      await this.doubtCustomer.execute({ customerId, account }, providerCustomer);
    }
    return setupMandate ? result : payments.create({ ...order, providerCustomer: null });
  }

  private async refuse({ operation, cause, actor }: Attempt, result: Refused) {
    const refused = { operation, result, trigger: 'fail', cause, actor } as const;
    const failed = await this.settleRefused.execute(refused);
    const { refusal, trouble } = refusalOf(result);
    return toRefusalError(refusal, trouble, failed);
  }
}

/** The order of a payment; the same however often it is sent, because it is made of stored values only. */
function toOrder(
  payment: PaymentRow,
  key: string,
  { returnIds }: Pick<ProviderCapabilities, 'returnIds'>,
): CreateOrder {
  const reference = showId('pay', payment.id);
  return {
    reference,
    key,
    amount: amountOf(payment),
    captureMethod: payment.capture_method,
    description: payment.description,
    returnUrl: withReturnIds({ url: payment.return_url, paymentId: reference }, returnIds),
    cancelUrl: withReturnIds({ url: payment.cancel_url, paymentId: reference }, returnIds),
    payMethods: payment.pay_methods,
    metadata: payment.metadata,
    providerCustomer: payment.provider_customer,
    mandate: payment.mandate,
    setupMandate: payment.setup_mandate,
    locale: payment.locale,
  };
}
