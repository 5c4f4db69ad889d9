#!/bin/sh
# What any pipeline runs: the change between a base and the commit that is checked out.
#
#   examples/ci/check.sh [BASE]        BASE: a branch, tag or commit; by default the branch that CI merges into,
#                                      else origin/HEAD
#
# Leaves auditor.md (a comment for the change), auditor.sarif and auditor.json beside it, and gives the exit code of
# the check: 0 nothing got worse, 1 something did, 2 a mistake in the configuration, 4 evidence is missing or stale.
set -eu

base=${1:-${CI_MERGE_REQUEST_DIFF_BASE_SHA:-${GITHUB_BASE_REF:+origin/$GITHUB_BASE_REF}}}
base=${base:-origin/HEAD}

# A shallow clone may lack the place where both branches parted; more of it costs less than a wrong answer.
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  git fetch --quiet --unshallow --no-tags origin || git fetch --quiet --deepen=1000 --no-tags origin
fi

exec auditor check --base "$base" \
  --output text=- --output markdown=auditor.md --output sarif=auditor.sarif --output json=auditor.json \
  --fail-on "${AUDITOR_FAIL_ON:-high}"
