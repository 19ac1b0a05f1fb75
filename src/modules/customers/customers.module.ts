import { Module } from '@nestjs/common';
import { CreateCustomer } from './actions/create-customer';
import { CreateMandate } from './actions/create-mandate';
import { DoubtCustomer } from './actions/doubt-customer';
import { FindMandate } from './actions/find-mandate';
import { ListMandates } from './actions/list-mandates';
import { ProvideCustomer } from './actions/provide-customer';
import { ShowMandate } from './actions/show-mandate';
import { UpdateCustomer } from './actions/update-customer';
import { Ledger } from './customers.facade';
import { BalanceEntriesController } from './http/balance-entries.controller';
import { CustomersController } from './http/customers.controller';
import { MandatesController } from './http/mandates.controller';
import { KeepInStep } from './jobs/keep-in-step.job';
import { BalanceEntryQueries } from './queries/balance-entry-queries';
import { CustomerQueries } from './queries/customer-queries';
import { CustomersRepository } from './storage/customers.repository';
import { MandateRequestsRepository } from './storage/mandate-requests.repository';
import { ProviderCustomersRepository } from './storage/provider-customers.repository';

@Module({
  controllers: [CustomersController, BalanceEntriesController, MandatesController],
  providers: [
    CreateCustomer,
    UpdateCustomer,
    ProvideCustomer,
    DoubtCustomer,
    KeepInStep,
    CreateMandate,
    FindMandate,
    ListMandates,
    ShowMandate,
    CustomerQueries,
    BalanceEntryQueries,
    CustomersRepository,
    ProviderCustomersRepository,
    MandateRequestsRepository,
    Ledger,
  ],
  exports: [Ledger, CreateCustomer, ProvideCustomer, DoubtCustomer, FindMandate],
})
export class CustomersModule {}
