# Builds the result in `out` as apk-select.sh decided: folders, files (moved, not copied) and made links.
set -eu
lib=${0%/*}
. "$lib/places.sh"
mkdir -p "$out"
tab=$(printf '\t')
{
	cut -f 1 "$work/folders.new"
	cut -f 2 "$work/folders.base"
} | sed "s|^|$out/|" | tr '\n' '\0' | xargs -0 -r mkdir -p --
sh -eu "$work/place.out"
while IFS=$tab read -r path to _; do
	ln -s -- "$to" "$out/$path"
done <"$work/made"
