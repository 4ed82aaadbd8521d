#!/usr/bin/env bash
# Sets up .venv from nothing: what PyICU needs to build and a PDF to be drawn, a virtual environment, uv, and the locked requirements.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '%s\n' "$*" >&2; }

python=${PYTHON:-python3.11}
command -v "$python" >/dev/null || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "longarm needs Python 3.11 or newer; '$python' is older. Set PYTHON to one."; exit 1; }

# PyICU has no wheel: it is compiled against ICU. The first three are for that, the last two make a virtual environment on a bare Debian.
need=()
command -v g++ >/dev/null || need+=(g++)
command -v pkg-config >/dev/null || need+=(pkg-config)
pkg-config --exists icu-i18n 2>/dev/null || need+=(libicu-dev)
"$python" -c 'import sysconfig, pathlib, sys; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())' || need+=(python3-dev)
"$python" -c 'import ensurepip' 2>/dev/null || need+=(python3-venv)
# WeasyPrint draws the PDF of a dossier with Pango.
"$python" -c 'import ctypes.util, sys; sys.exit(not all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))))' \
  || need+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
if [ ${#need[@]} -gt 0 ]; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
    say "Installing ${need[*]} (to build PyICU, and to draw PDFs) ..."
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}"; } >/dev/null
  else
    say "Please install these packages, then run make again: ${need[*]} (Debian: sudo apt-get install ${need[*]})"; exit 1
  fi
fi

say "Setting up .venv (about a minute the first time: PyICU is compiled) ..."
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock 2> >(grep -v 'is ignored: it is neither' >&2)
.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
.venv/bin/python -m compileall -q src/longarm
touch .venv/.ready
say "Ready."
