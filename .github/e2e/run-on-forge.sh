#!/usr/bin/env bash
# Runs forge-workflow.yml on the Forgejo or Gitea at http://localhost:3000, with a runner on this machine, and fails unless
# every job succeeds. FORGE is forgejo or gitea, CONTAINER the service container, RUNNER_IMAGE and
# RUNNER_BINARY the image with the runner and the path in it. HOMESERVER is the embedded homeserver, PASSWORD the password of its user bot.
set -euo pipefail
: "${FORGE:?}" "${CONTAINER:?}" "${RUNNER_IMAGE:?}" "${RUNNER_BINARY:?}" "${HOMESERVER:?}" "${PASSWORD:?}" "${RUNNER_TEMP:?}"
url=${FORGE_URL:-http://localhost:3000}
work=$RUNNER_TEMP/forge
mkdir -p "$work"
password=$(openssl rand -hex 24)
echo "::add-mask::$password"

forge() { docker exec --user git "$CONTAINER" "$FORGE" "$@"; }

# api METHOD PATH [JSON]: prints the answer.
api() {
  curl --fail-with-body --silent --show-error --request "$1" --header "Authorization: token $token" \
    --header 'Content-Type: application/json' ${3:+--data "$3"} "$url/api/v1$2"
}

create() { api POST /user/repos "{\"name\": \"$1\"}" >"$work/created.json"; }

# publish FOLDER REPOSITORY [TAG]: pushes the folder to the branch main of the repository.
publish() {
  git -C "$1" init --quiet --initial-branch main
  git -C "$1" add --all
  git -C "$1" -c user.name=tester -c user.email=tester@example.org commit --quiet --message 'Test'
  local basic
  basic=$(printf 'tester:%s' "$token" | base64 --wrap 0)
  echo "::add-mask::$basic"
  git -C "$1" -c "http.extraHeader=Authorization: Basic $basic" push --quiet "$url/tester/$2" HEAD:refs/heads/main \
    ${3:+"HEAD:refs/tags/$3"}
}

secret() { api PUT "/repos/tester/demo/actions/secrets/$1" "{\"data\": \"$2\"}"; }

curl --fail --silent --show-error --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null "$url/api/v1/version"
forge admin user create --admin --username tester --password "$password" --email tester@example.org \
  --must-change-password=false >"$work/user.txt"
token=$(forge admin user generate-access-token --username tester --token-name e2e --scopes all --raw)
echo "::add-mask::$token"

mkdir -p "$work/action" "$work/demo/.github/workflows"
# Without the workflows of this repository, which the forge would run.
git archive HEAD -- . ':!.github' | tar --extract --directory "$work/action"
create matrix-access-token
publish "$work/action" matrix-access-token v1

# The runner comes out of its image and runs on this machine, where the steps reach the homeserver on loopback.
id=$(docker create "$RUNNER_IMAGE")
docker cp --quiet "$id:$RUNNER_BINARY" "$work/runner"
registration=$(forge actions generate-runner-token)
echo "::add-mask::$registration"
(
  cd "$work"
  ./runner register --no-interactive --instance "$url" --token "$registration" --name e2e --labels host:host
  nohup ./runner daemon >runner.log 2>&1 &
)

sed "s#HOMESERVER#$HOMESERVER#g" .github/e2e/forge-workflow.yml >"$work/demo/.github/workflows/test.yml"
create demo
secret MATRIX_PASSWORD "$PASSWORD"
secret SEAL_PASSPHRASE "$(openssl rand -hex 24)"
secret STORE_TOKEN "$token"
publish "$work/demo" demo

# Three jobs. A job that is not over yet has the status waiting, blocked or running.
for _ in $(seq 150); do
  states=$(api GET /repos/tester/demo/actions/tasks | jq --raw-output '.workflow_runs[].status')
  [ "$(grep --count success <<<"$states")" = 3 ] && break
  if grep --quiet --extended-regexp 'failure|cancelled|skipped' <<<"$states"; then break; fi
  sleep "${POLL_SECONDS:-2}"
done
echo "$states"
[ "$(grep --count success <<<"$states")" = 3 ] || { cat "$work/runner.log"; echo '::error::A job did not succeed.'; exit 1; }
api GET /repos/tester/demo/actions/secrets | jq --exit-status 'any(.[]; .name == "MATRIX_ACCESS_TOKEN")' >"$work/stored.txt"
echo "All jobs succeeded on $FORGE, and the token is stored."
