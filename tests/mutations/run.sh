#!/usr/bin/env bash
# Breaks the gateway on purpose, once for each patch beside this script, and runs the tests that must notice.
# Exits with 0 only if every mutation is caught; prints the seed that caught it.
#
#   bash tests/mutations/run.sh            # all of them
#   bash tests/mutations/run.sh NAME...    # these, without `.patch`
#
# Works on a copy of the tracked files in the target directory. A patch says in its first line, `test: ...`, what
# `cargo test` is to run.
set -euo pipefail
cd "$(dirname "$0")/../.."

case "${1:-}" in -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

root=$PWD
place="${CARGO_TARGET_DIR:-$root/target}/mutations"
copy="$place/tree"
# Cargo takes a package by its path in the workspace: in one directory with the real builds, what is built of the copy
# would be taken for what is built of the tree.
export CARGO_TARGET_DIR="$place/build" CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never RUST_BACKTRACE=0

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for patch in tests/mutations/*.patch; do names+=("$(basename "$patch" .patch)"); done
fi

fresh() { # the tree as it is, changed files only, so that no more is built again than a mutation changes
    mkdir -p "$copy"
    git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
        [ -f "$file" ] || continue
        cmp -s "$file" "$copy/$file" || { mkdir -p "$copy/$(dirname "$file")" && cp "$file" "$copy/$file"; }
    done
}
run() { # the cargo test arguments of a patch
    # shellcheck disable=SC2086
    (cd "$copy" && cargo test -q $1 2>&1)
}

rm -rf "$copy"
fresh
missed=0 count=0 checked=" "
for name in "${names[@]}"; do
    patch="tests/mutations/$name.patch"
    [ -f "$patch" ] || { echo "there is no $patch"; exit 2; }
    arguments=$(sed -n '1s/^test: //p' "$patch")
    [ -n "$arguments" ] || { echo "the first line of $patch must be \`test: ...\`"; exit 2; }
    count=$((count + 1))
    fresh
    # A test that fails without the mutation catches nothing.
    if [[ $checked != *" ${arguments// /_} "* ]]; then
        run "$arguments" >"$place/output" || {
            cat "$place/output"
            echo "the tests fail without a mutation: cargo test $arguments"
            exit 2
        }
        checked+="${arguments// /_} "
    fi
    if ! (cd "$copy" && GIT_CEILING_DIRECTORIES="$place" git apply -p1 "$root/$patch"); then
        echo "$patch does not apply: bring it up to date with the code"
        exit 2
    fi
    if output=$(run "$arguments"); then
        printf 'MISSED  %s (cargo test %s)\n' "$name" "$arguments"
        missed=$((missed + 1))
    elif grep -q 'could not compile' <<<"$output"; then
        printf '%s\n%s does not compile any more: bring it up to date with the code\n' "$output" "$patch"
        exit 2
    else
        seed=$(grep -o 'POLYCORD_SEED=[0-9]*' <<<"$output" | sort -t= -k2 -n | head -n 1 || true)
        printf 'caught  %-40s %s\n' "$name" "${seed:-without a seed}"
        [ -n "$seed" ] || { printf '%s\n' "$output" | tail -n 20; missed=$((missed + 1)); }
    fi
    # What the patch changed has to differ from the copy's build by time, too.
    while IFS= read -r file; do cp "$file" "$copy/$file"; done < <(sed -n 's|^+++ b/||p' "$patch")
done
echo "$((count - missed)) of $count mutations caught"
[ "$missed" -eq 0 ]
