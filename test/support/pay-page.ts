export type PayAction =
  | 'pay'
  | 'decline'
  | 'cancel'
  | 'expire'
  | 'pending'
  | 'process'
  | 'pay_notify_twice'
  | 'pay_notify_late'
  | 'pay_no_return';

/** Presses a button of the pay page, as the payer's browser would; the redirect is not followed. */
export async function pressOnPayPage(
  checkoutUrl: string,
  action: PayAction,
): Promise<{ readonly status: number; readonly location: string | null }> {
  const response = await fetch(checkoutUrl, {
    method: 'POST',
    body: new URLSearchParams({ action }),
    redirect: 'manual',
  });
  await response.arrayBuffer();
  return { status: response.status, location: response.headers.get('location') };
}
