# Weighs what apk brought against the base and writes the decisions (see apk-emit.awk).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
asked=$(cat "$work/asked")
tab=$(printf '\t')
for file in moves made left folders.new folders.base unsafe records place.out collisions owned unmatched; do : >"$work/$file"; done
awk -F '\t' -f "$lib/apk-closure.awk" kind=table "$lib/packages.txt" kind=lines "$work/lines" kind=words "$work/words" kind=extra "$work/extra" kind=base "$work/base.installed" kind=new "$work/new.installed" |
	sort >"$work/needed"
# Sorted, because the order in which a file system lists its files differs from one build to the next.
sh "$lib/apk-list.sh" "$work/root" | sort -t "$tab" -k 8,8 >"$work/root.list"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/globs.awk" -f "$lib/apk-tree.awk" -f "$lib/classes.awk" -f "$lib/wanted.awk" -f "$lib/apk-subtract.awk" -f "$lib/apk-emit.awk" \
	-v work="$work" -v out="$out" \
	kind=base "$work/base.list" kind=facts "$work/facts" kind=search "$work/search" kind=lines "$work/lines" kind=words "$work/words" \
	kind=table "$lib/packages.txt" kind=needed "$work/needed" kind=record "$work/new.installed" kind=root "$work/root.list"
sort -o "$work/made" "$work/made"

# apk cannot see the base's files from its own root. One that is the same is the base's; one that is not would change the base.
while IFS=$tab read -r package path base; do
	[ -n "$base" ] && cmp -s "$base/$path" "$work/root/$path" && continue
	case $path in
	etc/*) echo "note: the base has /$path of its own, which stays; $package brings another" >>"$work/notes" ;;
	*) printf '%s\t%s\n' "$package" "$path" ;;
	esac
done <"$work/collisions" >"$work/differing"
[ ! -s "$work/differing" ] || {
	while IFS=$tab read -r package path; do
		echo "dhi: $asked: the base has /$path, which no package of it owns, and $package brings another; a graft never changes the base" >&2
	done <"$work/differing"
	fail "$asked: --without=/$(cut -f 2 "$work/differing" | head -n 1) keeps the base's, if it can take the place of the package's"
}
