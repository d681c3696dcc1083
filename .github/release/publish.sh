#!/usr/bin/env bash
# Publishes the draft, which makes its tag, and only then moves the tag of the major version to it.
set -euo pipefail
: "${VERSION:?}" "${TAG:?}" "${GITHUB_SHA:?}" "${GH_REPO:?}"
major=v${VERSION%%.*}

gh release edit "$TAG" --draft=false

# Immutable releases are a setting of the repository; without it the tag could be moved under people's feet.
immutable=$(gh api "repos/$GH_REPO/releases/tags/$TAG" --jq .immutable)
[ "$immutable" = true ] || { echo '::error::The release is not immutable: switch on immutable releases.'; exit 1; }
commit=$(gh api "repos/$GH_REPO/commits/$TAG" --jq .sha)
[ "$commit" = "$GITHUB_SHA" ] || { echo "::error::$TAG is at $commit, not at $GITHUB_SHA."; exit 1; }

# A plain tag without a release, because those of releases cannot move.
if gh api "repos/$GH_REPO/git/ref/tags/$major" --silent 2>/dev/null; then
  gh api --method PATCH "repos/$GH_REPO/git/refs/tags/$major" --field sha="$GITHUB_SHA" --field force=true --silent
else
  gh api --method POST "repos/$GH_REPO/git/refs" --field ref="refs/tags/$major" --field sha="$GITHUB_SHA" --silent
fi
echo "$TAG and $major are at $GITHUB_SHA."
