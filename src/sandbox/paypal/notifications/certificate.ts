import { type FastifyReply, type FastifyRequest } from 'fastify';
import { textMember } from '../../http/json';
import { send } from '../../http/answer';
import { type PayPalSigner } from './signer';

const FOLDER = '/v1/notifications/certs';

export const CERTIFICATE_ROUTE = `${FOLDER}/:id`;

export function certificatePath({ certificateId }: PayPalSigner): string {
  return `${FOLDER}/${certificateId}`;
}

/** Anybody may read the certificate; the receivers of notifications carry no token. */
export function serveCertificate(signer: PayPalSigner) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = textMember(request.params, 'id') === signer.certificateId;
    if (!known) return send(reply, { status: 404 });
    const text = { type: 'application/x-pem-file', content: signer.certificate };
    return send(reply, { status: 200, text });
  };
}
