import { Module } from '@nestjs/common';
import { CreateCustomer } from './actions/create-customer';
import { ProvideCustomer } from './actions/provide-customer';
import { UpdateCustomer } from './actions/update-customer';
import { Ledger } from './customers.facade';
import { CustomersController } from './http/customers.controller';
import { KeepInStep } from './jobs/keep-in-step.job';
import { CustomerQueries } from './queries/customer-queries';
import { CustomersRepository } from './storage/customers.repository';
import { ProviderCustomersRepository } from './storage/provider-customers.repository';

@Module({
  controllers: [CustomersController],
  providers: [
    CreateCustomer,
    UpdateCustomer,
    ProvideCustomer,
    KeepInStep,
    CustomerQueries,
    CustomersRepository,
    ProviderCustomersRepository,
    Ledger,
  ],
  exports: [Ledger, CreateCustomer, ProvideCustomer],
})
export class CustomersModule {}
