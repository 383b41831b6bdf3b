#!/usr/bin/env bash
# Clean builds of polycord-types and of twilight-model, each alone with its dependencies: CPU seconds and
# seconds on the clock, debug and release, taking turns. bash benches/build-time.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

package() { # name, dependency
    mkdir -p "$work/$1/src"
    touch "$work/$1/src/lib.rs"
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n%s\n\n[workspace]\n' \
        "$1" "$2" >"$work/$1/Cargo.toml"
    # The versions that the other benches use, where they are in the lock file.
    cp benches/Cargo.lock "$work/$1/Cargo.lock"
    (cd "$work/$1" && cargo fetch --quiet)
}
package ours "polycord-types = { path = \"$PWD/crates/types\" }"
package twilight 'twilight-model = "0.18"'

printf '%-8s %-9s %8s %8s\n' profile package CPU clock
TIMEFORMAT='%U %S %R'
for _ in $(seq "$rounds"); do
    for profile in dev release; do
        for package in ours twilight; do
            rm -rf "$work/target"
            times=$({ time CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target" cargo build --quiet --offline \
                --profile "$profile" --manifest-path "$work/$package/Cargo.toml" >&2; } 2>&1 | tail -n 1)
            awk -v profile="$profile" -v package="$package" \
                '{ printf "%-8s %-9s %6.1f s %6.1f s\n", profile, package, $1 + $2, $3 }' <<<"$times"
        done
    done
done
