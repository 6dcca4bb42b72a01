#!/bin/sh
# Sends a JSON file to a hook, signed. Usage: SECRET=… send-signed.sh URL FILE DELIVERY-ID
set -eu
NOW=$(date +%s)
SIGNATURE=$( (printf '%s.' "$NOW"; cat "$2") | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')
exec curl -sS --fail-with-body "$1" \
  -H 'content-type: application/json' \
  -H "throughline-timestamp: $NOW" \
  -H "throughline-signature: v1=$SIGNATURE" \
  -H "throughline-delivery: $3" \
  --data-binary "@$2"
