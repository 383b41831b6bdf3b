#!/usr/bin/env bash
# Clients that nobody here wrote against the simulator: `bash tests/clients/run.sh [discord.py|discordjs]`.
# Installs what is missing below the target directory, nothing into the tree. Needs python 3.9 with venv, node 20 with npm, and, the
# first time, PyPI and npm.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../.."
target="${CARGO_TARGET_DIR:-target}"
mkdir -p "$target/clients"
target="$(cd "$target" && pwd)"

need() { # program, what for
    command -v "$1" >/dev/null || {
        echo "$1 is not installed: $2 cannot be run against the simulator" >&2
        exit 1
    }
}
play() { # which, command...
    local name=$1
    shift
    printf '\n-- %s\n' "$name"
    "$target/debug/clients" "$@"
}
discord_py() {
    need python3 discord.py
    local place="$target/clients/discord_py"
    local bots="$here/discord_py"
    if ! cat "$bots/requirements.txt" "$bots/zstd.txt" | cmp -s - "$place/installed.txt"; then
        rm -rf "$place"
        python3 -m venv "$place"
        local install=("$place/bin/pip" install -q --disable-pip-version-check --no-deps)
        "${install[@]}" -r "$bots/requirements.txt"
        # Where it finds zstandard, discord.py asks for zstd-stream: it stands apart, so that zlib-stream is played, too.
        "${install[@]}" --target "$place/zstd" -r "$bots/zstd.txt"
        cat "$bots/requirements.txt" "$bots/zstd.txt" >"$place/installed.txt"
    fi
    export PYTHONDONTWRITEBYTECODE=1
    play "discord.py, basics" basics "$place/bin/python" "$bots/basics.py"
    PYTHONPATH="$place/zstd" play "discord.py, interactions, over TLS, zstd" interactions --tls "$place/bin/python" "$bots/rich.py"
    play "discord.py, errands" errands "$place/bin/python" "$bots/rich.py"
}
discordjs() {
    need node discord.js
    need npm discord.js
    local place="$target/clients/discordjs"
    mkdir -p "$place"
    cp "$here"/discordjs/*.js "$here/discordjs/package.json" "$here/discordjs/package-lock.json" "$place"
    if ! cmp -s "$place/package-lock.json" "$place/installed.json"; then
        npm ci --prefix "$place" --no-audit --no-fund --loglevel=error
        cp "$place/package-lock.json" "$place/installed.json"
    fi
    play "discord.js, basics" basics node "$place/basics.js"
    play "discord.js, interactions, over TLS" interactions --tls node "$place/rich.js"
    play "discord.js, errands" errands node "$place/rich.js"
    play "@discordjs/ws, two shards" shards node "$place/ws.js"
}

cargo build -q -p polycord-tests --bin clients
case "${1:-all}" in
    discord.py) discord_py ;;
    discordjs | discord.js) discordjs ;;
    all) discord_py && discordjs ;;
    *) echo "there is no client $1 here: discord.py or discordjs" >&2 && exit 2 ;;
esac
