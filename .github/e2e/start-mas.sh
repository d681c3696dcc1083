#!/usr/bin/env bash
# Starts Matrix Authentication Service and, in front of it and of Synapse, nginx on http://localhost:8090. Registers
# @bot:localhost with the password in PASSWORD. PostgreSQL is a service container of the job.
set -euo pipefail
: "${PASSWORD:?}" "${MAS_SECRET:?}" "${MAS_CLIENT_SECRET:?}" "${RUNNER_TEMP:?}" "${MAS_IMAGE:?}" "${NGINX_IMAGE:?}"
data=$RUNNER_TEMP/mas
mkdir -p "$data"
# The service does not run as the runner's user, so what it reads must be readable. All of it is made up here and now.
docker run --rm "$MAS_IMAGE" config generate >"$data/generated.yaml"
cat >"$data/e2e.yaml" <<YAML
http:
  public_base: http://localhost:8090/
  listeners:
    - name: web
      resources:
        - name: discovery
        - name: human
        - name: oauth
        - name: compat
        - name: graphql
        - name: assets
        - name: adminapi
      binds:
        - address: 127.0.0.1:8080
database:
  uri: postgresql://postgres:postgres@localhost:5432/postgres
matrix:
  kind: synapse
  homeserver: localhost
  endpoint: http://localhost:8008
  secret: $MAS_SECRET
clients:
  - client_id: 01J44QC8BCY7FCFM7WGHQGKMTJ
    client_auth_method: client_secret_basic
    client_secret: $MAS_CLIENT_SECRET
policy:
  data:
    admin_clients:
      - 01J44QC8BCY7FCFM7WGHQGKMTJ
rate_limiting:
  login:
    per_ip: { burst: 100, per_second: 100 }
YAML
cat >"$data/nginx.conf" <<'CONF'
events {}
http {
  server {
    listen 127.0.0.1:8090;
    location ~ ^/_matrix/client/[^/]+/(login|logout|refresh) { proxy_pass http://127.0.0.1:8080; }
    location ~ ^/(_matrix|_synapse/client|_synapse/mas) { proxy_pass http://127.0.0.1:8008; }
    location / { proxy_pass http://127.0.0.1:8080; }
  }
}
CONF

mas=(docker run --network host --volume "$data:/config:ro" --env MAS_CONFIG=/config/generated.yaml:/config/e2e.yaml)
"${mas[@]}" --detach --name mas "$MAS_IMAGE" server
docker run --network host --volume "$data/nginx.conf:/etc/nginx/nginx.conf:ro" --detach --name nginx "$NGINX_IMAGE"
curl --fail --silent --show-error --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null \
  http://localhost:8090/_matrix/client/v3/login
"${mas[@]}" --rm "$MAS_IMAGE" manage register-user --yes --username bot --password "$PASSWORD" --ignore-password-complexity
