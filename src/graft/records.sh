# Writes the records of the packages that came along, so that scanners see them and `dhi-frontend explain` can tell of them.
set -eu
lib=${0%/*}
. "$lib/places.sh"
cd "$work/control"
# Debian's checksum lists leave out configuration files; those are summed here, and the files that were made for a package.
# shellcheck disable=SC2016 # awk's own names
cut -f 1 "$work/needed" | while read -r package; do
	[ ! -f "$package/md5sums" ] || echo "$package/md5sums"
done | xargs -r awk '{
	at = index($0, " ")
	if (at && substr($0, at + 1, 1) == " ") $0 = substr(FILENAME, 1, length(FILENAME) - 8) "\t" substr($0, 1, at - 1) "\t" substr($0, at + 2)
	print
}' >"$work/sums"
[ -s "$work/records" ] || exit 0
{
	awk -F '\t' 'kind == "sums" { listed[$1, $3]; next } $4 == "f" && !(($1, $2) in listed) { print $3 }' kind=sums "$work/sums" kind=moves "$work/moves"
	awk -F '\t' '$4 == "f" { print $1 }' "$work/caches"
} |
	(cd "$out" && xargs -r -d '\n' md5sum --) | sed 's/  /\t/' >"$work/own"
cut -f 1 "$work/needed" | sed 's|$|/control|' | xargs cat |
	awk -F '\t' -v folder="$out" -f "$lib/classes.awk" -f "$lib/records.awk" kind=records "$work/records" kind=moves "$work/moves" \
		kind=made "$work/made" kind=caches "$work/caches" kind=needed "$work/needed" kind=left "$work/left" kind=sums "$work/sums" kind=own "$work/own" kind=control - |
	sort >"$work/md5sums"
awk -F '\t' -v folder="$out" '$1 != name { if (name) close(file); name = $1; file = folder "/" name } { print $3 "  " $2 > file }' "$work/md5sums"
