# The base has packages that lack files, in other versions than the closure's. Takes those packages in the base's version, when the package
# sources have it, and decides again. Reads `skew` (package, base's version, closure's version).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/unpack.sh"
mkdir -p "$work/matching"
cd "$work/matching"
tab=$(printf '\t')
while IFS=$tab read -r package version _; do
	apt-get -c "$work/apt.conf" -q download "$package=$version" >"$work/log" 2>&1 || continue
	rm -rf "$work/tree/$package" "$work/control/$package"
	mkdir "$work/tree/$package"
	for file in "$work/matching/${package}_"*.deb; do
		unpackControl "$file"
		unpackFiles "$file" "$work/tree/$package"
	done
	awk -F '\t' -v OFS='\t' -v package="$package" -v version="$version" '$1 == package { $2 = version } { print }' "$work/needed" >"$work/needed.new"
	mv "$work/needed.new" "$work/needed"
done <"$work/skew"
sh "$lib/select.sh"
