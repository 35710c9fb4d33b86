# Weighs what was unpacked against the base and writes the decisions (see emit.awk).
set -eu
lib=${0%/*}
. "$lib/places.sh"
for file in moves made left folders.new folders.base unsafe skew records record.folders place.folders place.out special.notes unmatched; do : >"$work/$file"; done
# Sorted, because the order in which a file system lists its files differs from one build to the next.
(
	cd "$work/tree"
	awk -F '\t' '$5 == "keep" { print $1 }' "$work/needed" | xargs -r sh -c 'find "$@" -mindepth 1 -printf "%y\t%m\t%U\t%G\t%s\t%H\t%P\t%l\n"' sh
) | sort -t "$(printf '\t')" -k 6,7 >"$work/tree.list"
(cd "$work/control" && find . -path './*/postinst' -type f -exec grep -l update-alternatives {} + | sort | xargs -r awk -f "$lib/alternatives.awk") >"$work/alternatives"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/tree.awk" -f "$lib/globs.awk" -f "$lib/classes.awk" -f "$lib/wanted.awk" -f "$lib/subtract.awk" -f "$lib/special.awk" -f "$lib/whole.awk" -f "$lib/emit.awk" \
	-v work="$work" -v out="$out" -v treeFolder="$work/tree" \
	kind=base "$work/base.list" kind=facts "$work/facts" kind=search "$work/search" kind=records "$work/base.packages" \
	kind=lines "$work/lines" kind=needed "$work/needed" kind=words "$work/words" kind=table "$lib/packages.txt" \
	kind=table "$work/alternatives" kind=tree "$work/tree.list"
sort -o "$work/made" "$work/made"
