/** For the server, which tells errors before any module is asked. */
export { frozenErrors } from './http/frozen-errors';
