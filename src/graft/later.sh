# Of the packages that were held back (hold.sh), unpacks those that are needed after all. The .deb files of the others go to `later`, for
# untaken.sh, and the names of their libraries to `later.libraries`. Makes the file `foreseen` when a package that comes along lists a file for which a
# program will run in a root of all that was unpacked (the table's rows `make`).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/unpack.sh"
mkdir "$work/later"
: >"$work/later.libraries"
awk -F '\t' 'kind == "needed" { state[$1] = $5; next } $1 in state && !seen[$1]++ { print $1 "\t" ($2 == "perhaps" && state[$1] == "keep" ? "now" : "later") }' \
	kind=needed "$work/needed" kind=held "$work/held" |
	while IFS=$(printf '\t') read -r package when; do
		for file in "$work/archives/${package}"_*.deb; do
			if [ "$when" = now ]; then
				unpackFiles "$file" "$work/tree/$package"
			else
				mv "$file" "$work/later"
				[ ! -f "$work/control/$package/md5sums" ] || sed -n 's|.*/\([^/]*\.so[^/]*\)$|\1|p' "$work/control/$package/md5sums" >>"$work/later.libraries"
			fi
		done
	done
awk -F '\t' '$1 == "make" { gsub(/ /, "\n", $6); print $6 }' "$lib/packages.txt" |
	sed 's|{multiarch}|*|g; s|[.+]|[&]|g; s|\*|[^/]*|g; s|^/|  |; s|$|$|' >"$work/later.patterns"
if awk -F '\t' -v folder="$work/control" '$5 == "keep" { print folder "/" $1 "/md5sums" }' "$work/needed" |
	xargs -r -d '\n' grep -lsE -f "$work/later.patterns" -- | grep -q .; then
	: >"$work/foreseen"
fi
