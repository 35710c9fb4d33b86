# What the base is: reads its tree and its ancestors' grafts, and writes base.list, facts, search, base.packages, base.installed (its apk database,
# with what ancestors added) and base.world when it has a world file.
set -eu
lib=${0%/*}
. "$lib/places.sh"
{
	sh "$lib/apk-list.sh" "$target"
	for folder in "$have"/*; do
		[ ! -d "$folder" ] || sh "$lib/apk-list.sh" "$folder"
	done
} | awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $4, $5, $7, $8, $9 }' >"$work/base.list"
for file in facts search base.packages base.installed; do : >"$work/$file"; done
awk -F '\t' -f "$lib/paths.awk" -f "$lib/apk-facts.awk" -v facts="$work/facts" -v searchFile="$work/search" kind=base "$work/base.list"

# The newest of a file that grows from graft to graft.
newest() {
	found=$target/$1
	n=0
	while [ -d "$have/$n" ]; do
		[ ! -f "$have/$n/$1" ] || found=$have/$n/$1
		n=$((n + 1))
	done
	[ ! -f "$found" ] || cp "$found" "$work/$2"
}
database=$(sed -n 's/^database	//p' "$work/facts")
[ -z "$database" ] || {
	newest "$database/installed" base.installed
	newest "$(sed -n 's/^world	//p' "$work/facts")" base.world
	awk '/^P:/ { name = substr($0, 3) } /^V:/ { print name "\t" substr($0, 3) }' "$work/base.installed" >"$work/base.packages"
}
