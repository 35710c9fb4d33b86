#!/bin/sh
# DHI-NATIVE and DHI-TOOL on Alpine: alpine.sh [--release 3.23] --line DHI-NATIVE [--with GLOB]... WORD... [--line ...]... (lines.sh)
# Runs in the builder stage, whose release is the base's. The base is mounted at /target, results of ancestors at /have/<n>.
# Writes /out, which is copied over the base, and prints what it did. The steps, each in a script of its own:
# apk-words.sh apk-target.sh apk-platform.sh apk-root.sh apk-add.sh apk-closure.awk apk-select.sh apk-place.sh apk-maintain.sh apk-records.sh apk-dress.sh report.awk
# They count on no more than what busybox has.
set -eu
export LC_ALL=C QUOTING_STYLE=literal
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/lines.sh"

rm -rf "$work" "$out"
mkdir -p "$work"
: >"$work/notes"
readLines "$@"
[ -z "$snapshot" ] || fail "$directive --snapshot: Alpine keeps no archive of its past packages" 'pin single ones with name=version, or leave the flag out'
printf '%s %s\n' "$directive" "$asked" >"$work/asked"
sh "$lib/apk-words.sh"

# The base, and whether this builder can serve it.
sh "$lib/apk-target.sh"
. "$lib/apk-platform.sh"

sh "$lib/apk-root.sh" "$architecture"
sh "$lib/apk-add.sh" "$pretty"

mkdir "$work/proof"
sh "$lib/apk-select.sh"
sh "$lib/apk-place.sh"
sh "$lib/apk-maintain.sh"
sh "$lib/apk-records.sh"
sh "$lib/apk-dress.sh"
sh "$lib/apk-missing.sh"

awk -F '\t' -v directive="$directive" -v asked="$asked" -v release="$pretty" -v architecture="$architecture" \
	-f "$lib/classes.awk" -f "$lib/report.awk" kind=lines "$work/lines" kind=needed "$work/needed" kind=words "$work/words" kind=records "$work/base.packages" \
	kind=moves "$work/moves" kind=left "$work/left" kind=sums "$work/owned" kind=made "$work/made" kind=unsafe "$work/unsafe" kind=unmatched "$work/unmatched" kind=notes "$work/notes"

# The stage's layer goes to build caches: only what the proof reads stays.
mv "$work/facts" "$work/search" "$work/base.list" "$work/asked" "$work/proof"
find "$work" -mindepth 1 -maxdepth 1 ! -name proof -exec rm -rf {} +
