import { transmissionHeaders } from '../paypal/notifications/transmission';
import { certificatePath } from '../paypal/notifications/certificate';
import { type PayPalSigner } from '../paypal/notifications/signer';
import { signedHeaders } from '../paypro/notifications/signature';
import { type Sign } from './sender';

/** Signs as each gateway does. A forger has neither the key nor the secret: the signature is of other bytes. */
export function signWith({
  signer,
  publicUrl,
}: {
  signer: PayPalSigner;
  publicUrl: () => string;
}): Sign {
  return (webhook, event, genuine) => {
    const body = genuine ? event.body : `${event.body} `;
    if (webhook.gateway === 'paypro') return signedHeaders({ secret: webhook.secret ?? '', body });
    const certificateUrl = `${publicUrl()}/paypal${certificatePath(signer)}`;
    return transmissionHeaders(signer, { webhookId: webhook.id, body, certificateUrl });
  };
}
