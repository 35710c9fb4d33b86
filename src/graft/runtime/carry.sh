# Copies files of the donor to tree/<package>, with their modes, owners and times, and those of their folders: carry.sh LINE <lines of package, path
# LINE is the line of `lines` that brings the packages. Adds the packages to taken, and their records to control/<package>.
set -eu
lib=${0%/*}
. "$lib/places.sh"
line=$1
cat >"$work/donor/carry"
cut -f 1 "$work/donor/carry" | sort -u | while read -r package; do
	mkdir -p "$work/tree/$package" "$work/control/$package"
	awk -F '\t' -v package="$package" -f "$lib/parents.awk" "$work/donor/carry" |
		tar -c -C "$donor" --no-recursion --verbatim-files-from -T - | tar -x -p --numeric-owner -C "$work/tree/$package"
	[ -s "$work/control/$package/control" ] || sh "$lib/stanza.sh" "$package" >"$work/control/$package/control"
	printf '%s\t%s\n' "$package" "$line" >>"$work/taken"
	[ -f "$work/control/$package/md5sums" ] || : >"$work/control/$package/md5sums"
	awk -F '\t' -v package="$package" '$1 == package { print $2 }' "$work/donor/carry" |
		(cd "$donor" && while read -r file; do [ -L "$file" ] || printf '%s\n' "$file"; done | xargs -r -d '\n' md5sum --) >>"$work/control/$package/md5sums"
done
