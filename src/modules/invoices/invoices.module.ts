import { type DynamicModule, Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module';
import { CreateInvoice } from './actions/create-invoice';
import { CreditInvoice } from './actions/credit-invoice';
import { EInvoiceWriter } from './actions/e-invoice-writer';
import { InvoiceFromPayment } from './actions/invoice-from-payment';
import { IssueDocument } from './actions/issue-document';
import { IssueInvoice } from './actions/issue-invoice';
import { PayInvoice } from './actions/pay-invoice';
import { PreviewInvoice } from './actions/preview-invoice';
import { RenderInvoice } from './actions/render-invoice';
import { SettleInvoice } from './actions/settle-invoice';
import { UpdateInvoice } from './actions/update-invoice';
import { FindInvoice } from './http/find-invoice';
import { InvoiceCommandsController } from './http/invoice-commands.controller';
import { InvoiceFilesController } from './http/invoice-files.controller';
import { InvoicesController } from './http/invoices.controller';
import { ServeFiles } from './http/serve-files';
import { INVOICES_SETTINGS, type InvoicesSettings } from './invoices.settings';
import { RenderFilesJob } from './jobs/render-files.job';
import { BookedDocuments } from './queries/booked-documents';
import { InvoiceQueries } from './queries/invoice-queries';
import { InvoiceWindows } from './queries/invoice-windows';
import { NumberReport } from './queries/number-report';
import { GuardCaptures } from './reactions/guard-captures';
import { SettleOnPaymentNews } from './reactions/settle-on-payment-news';
import { InvoiceFiles } from './storage/invoice-files';
import { InvoicePayments } from './storage/invoice-payments';
import { InvoicesRepository } from './storage/invoices.repository';
import { NumberSeries } from './storage/number-series';

@Module({
  controllers: [InvoicesController, InvoiceCommandsController, InvoiceFilesController],
  providers: [
    CreateInvoice,
    UpdateInvoice,
    PreviewInvoice,
    EInvoiceWriter,
    RenderInvoice,
    ServeFiles,
    RenderFilesJob,
    IssueInvoice,
    IssueDocument,
    CreditInvoice,
    PayInvoice,
    InvoiceFromPayment,
    SettleInvoice,
    SettleOnPaymentNews,
    GuardCaptures,
    FindInvoice,
    InvoiceQueries,
    InvoiceWindows,
    BookedDocuments,
    NumberReport,
    InvoicesRepository,
    InvoicePayments,
    InvoiceFiles,
    NumberSeries,
  ],
  exports: [InvoiceWindows, InvoiceFiles],
})
export class InvoicesModule {
  /** `payments`: the module as it is configured, because there is one of it. */
  static with(settings: InvoicesSettings, payments: DynamicModule): DynamicModule {
    return {
      module: InvoicesModule,
      imports: [CustomersModule, payments],
      providers: [{ provide: INVOICES_SETTINGS, useValue: settings }],
    };
  }
}
