# What the base is: reads its tree and its ancestors' grafts, and writes base.list, facts, search and base.packages.
set -eu
lib=${0%/*}
. "$lib/places.sh"
set -- "$target"
for folder in "$have"/*; do
	[ ! -d "$folder" ] || set -- "$@" "$folder"
done
find "$@" -mindepth 1 -printf '%y\t%m\t%U\t%G\t%T@\t%H\t%P\t%l\n' >"$work/base.list"
: >"$work/facts"
: >"$work/search"
: >"$work/base.packages"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/facts.awk" \
	-v facts="$work/facts" -v searchFile="$work/search" -v packagesFile="$work/base.packages" \
	kind=base "$work/base.list"
