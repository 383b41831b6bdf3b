#!/usr/bin/env bash
# Instructions per frame, which no other load on the machine changes: counted by valgrind, five passes less one.
# bash benches/instructions.sh [WORKLOAD]
set -euo pipefail
cd "$(dirname "$0")"
workload=${1:-mix}
cargo build --quiet --release --bin passes
passes=${CARGO_TARGET_DIR:-target}/release/passes

count() { # decoder, passes
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$passes" "$1" "$workload" "$2" 2>&1 >/dev/null |
        awk '/Collected/ { print $4 }'
}

frames=$("$passes" none "$workload" 0)
printf '%-10s %s\n' decoder "instructions per frame ($workload)"
# The first is ours without reading the fields.
for decoder in decode ours twilight serenity; do
    one=$(count "$decoder" 1)
    five=$(count "$decoder" 5)
    printf '%-10s %d\n' "$decoder" $(((five - one) / 4 / frames))
done
