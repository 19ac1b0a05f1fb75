#!/usr/bin/env bash
# Takes a payment through its life at both simulated gateways. Start the demo first (npm start), then run this in a
# second terminal. It needs bash, curl and node; DATA_DIR is the one of the demo, .kassa without it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
demo="${DATA_DIR:-.kassa}/demo.json"
if [ ! -f "$demo" ]; then
  echo "There is no $demo: start the demo with npm start, and wait until it is ready." >&2
  exit 1
fi

# A field of a JSON document: field '.customers.user' < demo.json
field() {
  node -e 'const text = require("node:fs").readFileSync(0, "utf8");
    let value = JSON.parse(text);
    for (const name of process.argv[1].split(".").slice(1)) value = value?.[name];
    console.log(value ?? "");' "$1"
}

api="$(field .api_url < "$demo")"
key="$(field .user_key < "$demo")"
customer="$(field .customers.user < "$demo")"

# call METHOD PATH [BODY]: a request with the key of a user who owns the customer.
call() {
  curl -sS -X "$1" "$api$2" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    ${3:+-d "$3"}
}

create() {
  call POST /api/payments "{\"provider\": \"$1\", \"customer\": \"$customer\", \"amount\": 1250,
    \"currency\": \"EUR\", \"description\": \"Order 1234: two tickets\",
    \"return_url\": \"https://example.com/thanks\", \"cancel_url\": \"https://example.com/cart\"}"
}

# What a payer does in the browser: press a button of the pay page, and be sent back to the shop.
press() {
  curl -sS -o /dev/null -w '%{redirect_url}' -d "action=$1" "$2"
}

# say LABEL DOCUMENT: the state of a payment, or the code of a refusal and what to do about it.
say() {
  local code
  code="$(field .code <<< "$2")"
  if [ -n "$code" ]; then printf '  %-26s %s: %s\n' "$1" "$code" "$(field .detail <<< "$2")"
  else printf '  %-26s %s\n' "$1" "$(field .state <<< "$2")"; fi
}

expect() {
  local found
  found="$(field "$1" <<< "$3")"
  if [ "$found" = "$2" ]; then return; fi
  echo "Expected $1 to be \"$2\", but the answer was: $3" >&2
  exit 1
}

pay_at() {
  local payment id checkout answer
  echo "$1: pay"
  payment="$(create "$1")"
  expect .state open "$payment"
  say created "$payment"
  id="$(field .id <<< "$payment")"
  checkout="$(field .checkout_url <<< "$payment")"
  answer="$(call POST "/api/payments/$id/approve")"
  expect .code payment_not_approved "$answer"
  say 'approved too early' "$answer"
  printf '  %-26s %s\n' 'the payer comes back to' "$(press pay "$checkout")"
  answer="$(call POST "/api/payments/$id/approve")"
  expect .state paid "$answer"
  say approved "$answer"
  say 'approved once more' "$(call POST "/api/payments/$id/approve")"
  answer="$(call POST "/api/payments/$id/cancel")"
  expect .code invalid_state "$answer"
  say 'canceled too late' "$answer"
}

cancel_at() {
  local payment answer
  echo "$1: cancel"
  payment="$(create "$1")"
  say created "$payment"
  answer="$(call POST "/api/payments/$(field .id <<< "$payment")/cancel")"
  expect .state canceled "$answer"
  say "canceled ($(field .canceled_via <<< "$answer"))" "$answer"
}

for provider in paypal paypro; do
  pay_at "$provider"
  cancel_at "$provider"
done
echo "All of it is at $api/docs: GET /api/payments lists these payments."
