import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type Dispute } from '../dispute';
import { disputeView } from '../dispute-view';
import { announceNews } from './event-envelope';

export function disputeNews(sandbox: Sandbox, dispute: Dispute, type: string): Change[] {
  const { account, id, status } = dispute;
  return announceNews(
    sandbox,
    { account },
    {
      type,
      resourceType: 'dispute',
      // Disputes are an API of the first version, whose events name none.
      resourceVersion: null,
      resourceId: id,
      summary: `The dispute ${id} is ${status.toLowerCase().replaceAll('_', ' ')}`,
      resource: disputeView(sandbox, dispute),
    },
  );
}
