#!/bin/sh
# DHI-RUNTIME: runtime.sh [--release 13] --runtime node [--path /opt/x/bin] WORD
# Runs in the builder of the stage. The base is mounted at /target, results of ancestors at /have/<n>, the donor at /donor. Finds the runtime in the
# donor, takes the packages (by the donor's own records) that hold it and the libraries that it needs, and places them as a graft of packages.
# The steps: target.sh donor.sh (what the donor is) locate.sh take.sh libraries.sh reach.sh, then those of a graft of packages.
set -eu
umask 022
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/runtime-words.sh"

rm -rf "$work" "$out"
mkdir -p "$work/tree" "$work/control" "$work/donor" "$work/proof"
: >"$work/notes"
: >"$work/warnings"
readRuntime "$@"
export directive
sh "$lib/target.sh"
. "$lib/platform.sh"
sh "$lib/donor.sh" "$runtime" "$word"
printf '%s\n' "$path" | tr : '\n' >"$work/donor/path"
sh "$lib/locate.sh" "$runtime" "$word"
sh "$lib/take.sh" "$word" "$runtime"
sh "$lib/libraries.sh" "$word" "$runtime"
sh "$lib/reach.sh"

# As if these were packages of apt's closure: the runtime's own come whole, those of libraries without what a stage has no use for.
awk -F '\t' -v directive="$directive" -v word="$word" -f "$lib/taken.awk" kind=taken "$work/taken" kind=packages "$work/donor/packages" >"$work/needed"
: >"$work/words"
printf '1\tDHI-TOOL\t--with\t*\n2\tDHI-NATIVE\tword\t%s\n' "$word" >"$work/lines"
find "$work/tree" -name '*.so*' -printf '%f\n' | sort -u >"$work/proof/closure"
sh "$lib/select.sh"
sh "$lib/place.sh"
: >"$work/caches"
sh "$lib/records.sh"
sh "$lib/dress.sh"
awk -F '\t' -v directive=DHI-RUNTIME -v asked="$word" -v release="$pretty" -v architecture="$architecture" \
	-f "$lib/classes.awk" -f "$lib/report.awk" kind=lines "$work/lines" \
	kind=needed "$work/needed" kind=words "$work/words" kind=records "$work/base.packages" \
	kind=moves "$work/moves" kind=left "$work/left" kind=sums "$work/sums" kind=made "$work/made" kind=caches "$work/caches" kind=unsafe "$work/unsafe" \
	kind=skew "$work/skew" kind=notes "$work/notes" kind=warnings "$work/warnings"

: >"$work/proof/names"
mv "$work/facts" "$work/search" "$work/base.list" "$work/commands" "$work/proof"
find "$work" -mindepth 1 -maxdepth 1 ! -name proof -exec rm -rf {} +
