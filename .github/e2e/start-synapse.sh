#!/usr/bin/env bash
# Starts a Synapse of its own on http://localhost:8008 and registers @bot:localhost with the password in PASSWORD.
# With MAS=true Synapse hands authentication to Matrix Authentication Service, which start-mas.sh starts.
set -euo pipefail
: "${PASSWORD:?}" "${RUNNER_TEMP:?}" "${SYNAPSE_IMAGE:?}"
data=$RUNNER_TEMP/synapse
mkdir -p "$data"
run=(docker run --network host --user "$(id -u):$(id -g)" --volume "$data:/data")

"${run[@]}" --rm --env SYNAPSE_SERVER_NAME=localhost --env SYNAPSE_REPORT_STATS=no "$SYNAPSE_IMAGE" generate

# Settings of a second file replace those of the first. Limits that the tests of a whole workflow do not meet.
cat >"$data/e2e.yaml" <<'YAML'
rc_login:
  address: { per_second: 100, burst_count: 100 }
  account: { per_second: 100, burst_count: 100 }
  failed_attempts: { per_second: 100, burst_count: 100 }
trusted_key_servers: []
YAML
if [ "${MAS:-false}" = true ]; then
  : "${MAS_SECRET:?}"
  cat >>"$data/e2e.yaml" <<YAML
password_config: { enabled: false }
matrix_authentication_service:
  enabled: true
  endpoint: http://localhost:8080/
  secret: $MAS_SECRET
YAML
fi

"${run[@]}" --detach --name synapse "$SYNAPSE_IMAGE" run --config-path /data/homeserver.yaml --config-path /data/e2e.yaml
curl --fail --silent --show-error --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null \
  http://localhost:8008/_matrix/client/versions

if [ "${MAS:-false}" != true ]; then
  docker exec synapse register_new_matrix_user --user bot --password "$PASSWORD" --no-admin \
    --config /data/homeserver.yaml http://localhost:8008
fi
