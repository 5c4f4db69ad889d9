"""The script that stands beside each package: retrieve afresh, compare, refuse on a difference, validate. No more.

Source: Salesforce CLI command reference, `project retrieve start` (`--manifest`, `--target-metadata-dir`,
`--unzip`) and `project deploy start` (`--dry-run`, `--manifest`, `--metadata-dir`).
"""

from __future__ import annotations

_HEAD = """#!/bin/sh
# Validates this step against an org. It deploys nothing and deletes nothing: every deployment is a dry run.
# It refuses where the org or the project no longer holds what the plan was made for.
#
#   ./check.sh TARGET_ORG [PROJECT_FOLDER]
set -eu
if [ $# -lt 1 ]; then
  echo "usage: check.sh TARGET_ORG [PROJECT_FOLDER]" >&2
  exit 2
fi
org=$1
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "${2:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hashes() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum --quiet -c "$1"; else shasum -a 256 --quiet -c "$1"; fi
}
refuse() {
  echo "refused: $1. Retrieve, commit, and make the plan anew." >&2
  exit 1
}
"""
_SOURCE = """
# 1. The project holds the files that the plan was made for.
(cd "$project" && hashes "$here/before.sha256") || refuse "the project differs from what the plan was made for"

# 2. So does the org: they are retrieved afresh, over a copy of exactly these files.
mkdir "$work/fresh"
cp "$project/sfdx-project.json" "$work/fresh/"
[ ! -f "$project/.forceignore" ] || cp "$project/.forceignore" "$work/fresh/"
sed -n 's/.*"path"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p' "$project/sfdx-project.json" |
  while IFS= read -r folder; do mkdir -p "$work/fresh/$folder"; done
cut -c 67- "$here/before.sha256" | while IFS= read -r file; do
  mkdir -p "$work/fresh/$(dirname "$file")"
  cp "$project/$file" "$work/fresh/$file"
done
cd "$work/fresh"
sf project retrieve start --manifest "$here/package.xml" --target-org "$org" --ignore-conflicts
hashes "$here/before.sha256" || refuse "the org differs from the project"

# 3. The edited files are validated, and nothing is kept of it.
cp -R "$here/sources/." "$work/fresh/"
sf project deploy start --dry-run --manifest "$here/package.xml" --target-org "$org"
"""
_METADATA = """
# 1. The org holds the files that the plan was made for: they are retrieved afresh.
mkdir -p "$work/project/force-app" "$work/fresh"
printf '{"packageDirectories":[{"path":"force-app","default":true}]}' > "$work/project/sfdx-project.json"
cd "$work/project"
sf project retrieve start --manifest "$here/metadata/package.xml" --target-metadata-dir "$work/fresh" --unzip \\
  --target-org "$org"
cd "$(dirname "$(find "$work/fresh" -name package.xml | head -n 1)")"
hashes "$here/metadata.sha256" || refuse "the org differs from what the plan was made for"

# 2. The edited files are validated, and nothing is kept of it.
cd "$work/project"
sf project deploy start --dry-run --metadata-dir "$here/metadata" --target-org "$org"
"""
_DELETION = """
# What is deleted here was compared, and edited out of everything else, in the steps before.
mkdir -p "$work/project/force-app"
printf '{"packageDirectories":[{"path":"force-app","default":true}]}' > "$work/project/sfdx-project.json"
cd "$work/project"
sf project deploy start --dry-run --metadata-dir "$here/metadata" --target-org "$org"
"""


def check_script(*, source: bool, metadata: bool, deletion: bool = False) -> bytes:
    """The script of one step: for files in source format, in metadata format, or for a deletion alone."""
    parts = [_HEAD]
    if source:
        parts.append(_SOURCE)
    if metadata:
        parts.append(_METADATA)
    if deletion:
        parts.append(_DELETION)
    return "".join(parts).encode()
