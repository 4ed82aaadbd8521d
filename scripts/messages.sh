#!/usr/bin/env bash
# Gathers the messages of the dossier into the catalogues: new ones come in empty, those that nobody says any more go.
set -euo pipefail
cd "$(dirname "$0")/.."
place=src/longarm/dossier/locales
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
.venv/bin/pybabel -q extract -F "$place/babel.cfg" -k N_ -k say -k many:1,2 --no-location --sort-output --omit-header -o "$pot" .
for language in fr nl de; do
  file=$place/$language.po
  if [ -f "$file" ]; then
    .venv/bin/pybabel -q update -l "$language" -i "$pot" -o "$file" --no-fuzzy-matching --ignore-obsolete --omit-header
  else
    .venv/bin/pybabel -q init -l "$language" -i "$pot" -o "$file"
  fi
done
