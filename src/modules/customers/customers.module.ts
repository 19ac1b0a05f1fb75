import { Module } from '@nestjs/common';
import { CreateCustomer } from './actions/create-customer';
import { UpdateCustomer } from './actions/update-customer';
import { Ledger } from './customers.facade';
import { CustomersController } from './http/customers.controller';
import { CustomerQueries } from './queries/customer-queries';
import { CustomersRepository } from './storage/customers.repository';

@Module({
  controllers: [CustomersController],
  providers: [CreateCustomer, UpdateCustomer, CustomerQueries, CustomersRepository, Ledger],
  exports: [Ledger, CreateCustomer],
})
export class CustomersModule {}
