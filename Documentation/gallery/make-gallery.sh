#!/bin/bash
# Makes the pictures of the explorer in this folder, of the shipped corpus: make gallery.
# Needs Chromium; the corpus holds Chinese and Japanese, so a font for them (fonts-noto-cjk) and a good one for the rest.
set -euo pipefail
cd "$(dirname "$0")/../.."
bundle="$(mktemp -d)"
trap 'rm -rf "$bundle"' EXIT
.build/release/throng run Corpora/assistant-log.jsonl --facet plan --facet .month --out "$bundle/demo" --ledger none --quiet > /dev/null
python3 Tests/Explorer/shots.py "$bundle/demo" Documentation/gallery \
  'table=1200x760#id=c1' \
  'treemap=1200x760#view=treemap&id=c4' \
  'map=1120x700:dark#view=map&id=c10' \
  'facet=1200x760#color=plan%3Dpro&id=c1' \
  'search=1200x760#q=re&id=c9' \
  'withheld=1200x760#view=withheld' \
  'phone=360x720@1.5#id=c1' \
  'phone-detail=360x720@1.5:dark#detail=1&id=c1'
