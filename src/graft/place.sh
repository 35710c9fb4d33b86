# Builds the result in `out` as select.sh decided: folders, files and whole folders (moved, not copied) and made links.
set -eu
lib=${0%/*}
. "$lib/places.sh"
mkdir -p "$out"
sed "s|^|$out/|" "$work/place.folders" | xargs -r -d '\n' mkdir -p --
sh -eu "$work/place.out"
tab=$(printf '\t')
while IFS=$tab read -r path to _; do
	ln -s -- "$to" "$out/$path"
done <"$work/made"
