#!/bin/sh
# DHI-NATIVE and DHI-TOOL on Debian: debian.sh [--release 13] [--snapshot TIME] --line DHI-NATIVE [flags] WORD... [--line ...]... (lines.sh)
# Runs in the builder stage, whose distribution and release are the base's. The base is mounted at /target, results of ancestors at /have/<n>.
# Writes /out, which is copied over the base, and prints what it did. The steps, each in a script of its own:
# target.sh sources.sh names.sh fetch.sh needed.awk later.sh select.sh place.sh maintain.sh records.sh dress.sh interpreters.sh report.awk
set -eu
umask 022
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/lines.sh"

rm -rf "$work" "$out"
mkdir -p "$work/tree" "$work/control"
: >"$work/notes"
: >"$work/warnings"
readLines "$@"

# The base, and whether this builder can serve it.
sh "$lib/target.sh"
. "$lib/platform.sh"

sh "$lib/sources.sh" "$architecture" "$snapshot"
sh "$lib/names.sh" "$pretty"
sh "$lib/fetch.sh" "$distribution"
find "$work/control" -mindepth 2 -name control -exec cat {} + |
	awk -F '\t' -f "$lib/needed.awk" kind=table "$lib/packages.txt" kind=lines "$work/lines" \
		kind=words "$work/words" kind=extra "$work/extra" kind=control - | sort >"$work/needed"
if [ -z "$libc" ] && grep -q "^libc6$tab.*${tab}keep$tab" "$work/needed"; then
	fail "$directive $asked: the base has no C library and no loader, so no library can be loaded there" \
		"use a base with glibc: dhi.io/static:<date>-glibc instead of dhi.io/static:<date>, or an image of your language"
fi

mkdir "$work/proof"
sh "$lib/later.sh"
# A second processor has nothing else to do from here on. What is read no more is removed beside the work; it must not stay in the stage's layer.
rm -rf "$work/archives" &
untaken=
if [ -e "$work/foreseen" ] && [ "$architecture" = "$(dpkg --print-architecture)" ]; then
	sh "$lib/untaken.sh" &
	untaken=$!
fi
{
	find "$work/tree" -name '*.so*' -printf '%f\n'
	cat "$work/later.libraries"
} | sort -u >"$work/proof/closure"
sh "$lib/select.sh"
[ ! -s "$work/skew" ] || sh "$lib/matching.sh"
sh "$lib/place.sh"
[ -z "$untaken" ] || wait "$untaken" || fail 'a package could not be unpacked'
sh "$lib/maintain.sh"
rm -rf "$work/tree" "$work/later" "$work/untaken" "$work/root" "$work/twin" &
sh "$lib/records.sh"
sh "$lib/dress.sh"
sh "$lib/interpreters.sh"

awk -F '\t' -v directive="$directive" -v asked="$asked" -v release="$pretty" -v architecture="$architecture" \
	-f "$lib/classes.awk" -f "$lib/report.awk" kind=lines "$work/lines" \
	kind=needed "$work/needed" kind=words "$work/words" kind=records "$work/base.packages" \
	kind=moves "$work/moves" kind=left "$work/left" kind=sums "$work/sums" kind=made "$work/made" kind=caches "$work/caches" kind=unsafe "$work/unsafe" \
	kind=skew "$work/skew" kind=unmatched "$work/unmatched" kind=notes "$work/notes" kind=warnings "$work/warnings"

# The stage's layer goes to build caches: only what the proof reads stays.
grep '^lib' "$work/names" >"$work/proof/names" || :
mv "$work/facts" "$work/search" "$work/base.list" "$work/proof"
wait
find "$work" -mindepth 1 -maxdepth 1 ! -name proof -exec rm -rf {} +
rm -rf "${index:?}"/*
