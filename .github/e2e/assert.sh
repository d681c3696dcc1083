#!/usr/bin/env bash
# assert.sh alive|dead: asks the homeserver in URL whether the access token in TOKEN works.
set -euo pipefail
: "${URL:?}" "${TOKEN:?}"
case $1 in alive) expected=200 ;; dead) expected=401 ;; *) exit 2 ;; esac
status=$(curl --silent --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $TOKEN" \
  "$URL/_matrix/client/v3/account/whoami")
[ "$status" = "$expected" ] || { echo "::error::whoami answered $status, not $expected"; exit 1; }
echo "The token is $1."
