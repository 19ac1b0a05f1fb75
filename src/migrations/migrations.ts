import { CreatePlatform1763600000000 } from './1763600000000-create-platform';
import { CreateCustomers1763600001000 } from './1763600001000-create-customers';
import { CreatePayments1763600002000 } from './1763600002000-create-payments';
import { CreateOperations1763600003000 } from './1763600003000-create-operations';
import { NotificationsAndJobs1763700000000 } from './1763700000000-notifications-and-jobs';
import { CreateOperationReviews1763700001000 } from './1763700001000-create-operation-reviews';
import { CreateWebhooks1763700002000 } from './1763700002000-create-webhooks';
import { CreateRefunds1763800000000 } from './1763800000000-create-refunds';
import { AddHolds1763800001000 } from './1763800001000-add-holds';
import { CreateChargebacks1763800002000 } from './1763800002000-create-chargebacks';
import { CreateProviderCustomers1763800003000 } from './1763800003000-create-provider-customers';
import { CreateMandateRequests1763800004000 } from './1763800004000-create-mandate-requests';
import { KeepEveryFact1763800005000 } from './1763800005000-keep-every-fact';
import { RememberFormerProviderCustomers1763800007000 } from './1763800007000-remember-former-provider-customers';
import { BookWhatWasMissed1763900000000 } from './1763900000000-book-what-was-missed';
import { CreateInvoices1764000000000 } from './1764000000000-create-invoices';
import { KnowEveryCause1764000005000 } from './1764000005000-know-every-cause';
import { GuardSubjectsAndIssues1764000010000 } from './1764000010000-guard-subjects-and-issues';
import { ResumeListsOfEvents1764000030000 } from './1764000030000-resume-lists-of-events';
import { NameCapturesOfChargebacks1764000040000 } from './1764000040000-name-captures-of-chargebacks';
import { ListChargebacksInConflict1764000050000 } from './1764000050000-list-chargebacks-in-conflict';
import { KeepConflicts1764000060000 } from './1764000060000-keep-conflicts';

/** The history of the whole database, oldest first. A migration that was released is never edited. */
export const migrations = [
  CreatePlatform1763600000000,
  CreateCustomers1763600001000,
  CreatePayments1763600002000,
  CreateOperations1763600003000,
  NotificationsAndJobs1763700000000,
  CreateOperationReviews1763700001000,
  CreateWebhooks1763700002000,
  CreateRefunds1763800000000,
  AddHolds1763800001000,
  CreateChargebacks1763800002000,
  CreateProviderCustomers1763800003000,
  CreateMandateRequests1763800004000,
  KeepEveryFact1763800005000,
  RememberFormerProviderCustomers1763800007000,
  BookWhatWasMissed1763900000000,
  CreateInvoices1764000000000,
  KnowEveryCause1764000005000,
  GuardSubjectsAndIssues1764000010000,
  ResumeListsOfEvents1764000030000,
  NameCapturesOfChargebacks1764000040000,
  ListChargebacksInConflict1764000050000,
  KeepConflicts1764000060000,
];
