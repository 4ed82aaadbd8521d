#!/usr/bin/env bash
# The tests that need more than Python: a browser, a PostgreSQL server, minutes of random cases. What they need comes by apt.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '%s\n' "$*" >&2; }

need=()
[ -x /usr/bin/chromium ] || need+=(chromium chromium-driver fonts-noto-cjk)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need+=(postgresql)
if [ ${#need[@]} -gt 0 ]; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
  say "Installing ${need[*]} ..."
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}"; } >/dev/null \
    || { say "Please install: ${need[*]}"; exit 1; }
fi

# A server of its own in a temporary folder, on a socket only; the server refuses to run as root.
bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1)")
data=$(mktemp -d)
as() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
beside=
stop() { [ -z "$beside" ] || kill "$beside" 2>/dev/null || true; as "$bin/pg_ctl" -D "$data/db" -m immediate -s stop 2>/dev/null || true; rm -rf "$data" "$data.oracles"; }
trap stop EXIT
[ "$(id -u)" != 0 ] || chown postgres "$data"
as "$bin/initdb" -D "$data/db" -U longarm --auth=trust -E UTF8 >/dev/null
as "$bin/pg_ctl" -D "$data/db" -s -w -l "$data/log" -o "-c listen_addresses='' -k $data" start
export LONGARM_TEST_POSTGRESQL="postgresql+psycopg://longarm@/postgres?host=$data"

# The oracles are minutes of plain computing: they take one core, the browser and the rest the other.
oracles=tests/reach/test_oracles.py
.venv/bin/python -m pytest -m long "$oracles" >"$data.oracles" 2>&1 &
beside=$!
rest=0; .venv/bin/python -m pytest -m "browser or postgresql or long" --ignore "$oracles" "$@" || rest=$?
say "Waiting for the oracles ..."
oracle=0; wait "$beside" || oracle=$?
cat "$data.oracles"
exit $((rest > oracle ? rest : oracle))
