#!/usr/bin/env bash
# The release to publish must be a draft, of the very commit that runs, and of the version that this commit says it has.
set -euo pipefail
: "${VERSION:?}" "${TAG:?}" "${GITHUB_SHA:?}" "${GH_REPO:?}"

refuse() {
  echo "::error::$1"
  exit 1
}

[[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || refuse 'The version must be MAJOR.MINOR.PATCH.'
[ "$(jq --raw-output .version package.json)" = "$VERSION" ] || refuse "package.json is not of version $VERSION."
grep --quiet --fixed-strings "## [$VERSION]" CHANGELOG.md || refuse "CHANGELOG.md says nothing of $VERSION."

release=$(gh release view "$TAG" --json isDraft,targetCommitish) || refuse "There is no release $TAG. Draft it first."
[ "$(jq --raw-output .isDraft <<<"$release")" = true ] || refuse "$TAG is published already."
target=$(jq --raw-output .targetCommitish <<<"$release")
[ "$target" = "$GITHUB_SHA" ] || refuse "The draft is of $target, this commit is $GITHUB_SHA."

# A draft has no tag yet. Publishing one whose tag exists would publish the commit of that tag.
existing=$(gh api "repos/$GH_REPO/git/matching-refs/tags/$TAG" --jq '.[].ref') || refuse "The tags of $GH_REPO cannot be read."
if grep --quiet --line-regexp --fixed-strings "refs/tags/$TAG" <<<"$existing"; then
  refuse "The tag $TAG exists already. Delete it, or release another version."
fi
