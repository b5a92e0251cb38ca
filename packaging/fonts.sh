#!/bin/sh
# Make again the faces that DOCX files embed: the Latin part of ours, without hints, to the same bytes.
# For developers; needs fonttools, whose pyftsubset it calls.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
for face in Regular Bold; do
    pyftsubset "$root/resources/polices/SourceSans3-$face.ttf" --no-hinting --layout-features= --name-IDs='*' \
        --no-recalc-timestamp --output-file="$root/resources/polices/SourceSans3-$face-latin.ttf" \
        --unicodes=0020-024F,02BC,02C6-02DD,2010-2070,20AC,2116,2122,2190-2193,2212,2248,2260,2264,2265,25A0-25CF,2610-2612,2713
done
