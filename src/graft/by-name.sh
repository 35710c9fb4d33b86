# What files would miss when they are loaded, told without running any of them: by-name.sh SEARCH LIST... <paths below the target.
# SEARCH has the folders as facts.awk writes them, each LIST files of the target as target.sh lists them.
# Prints what ask-loader.sh prints: file, missing, library; or file, version, library, version, file that asks for it (not with only=missing).
set -eu
lib=${0%/*}
. "$lib/places.sh"
search=$1
shift
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cat >"$here/files"
cd "$target"
sh "$lib/elf.sh" <"$here/files" >"$here/needs"
# The loader looks into the folders of ld.so.conf by way of its cache only, and the cache is the base's.
cache=etc/ld.so.cache
[ -L "$cache" ] || [ ! -f "$cache" ] || tr '\0' '\n' <"$cache" | grep -ao '/[ -~]*\.so[ -~]*' >"$here/cached" || :
[ -f "$here/cached" ] || : >"$here/cached"
for list; do
	shift
	set -- "$@" kind=base "$list"
done
awk -F '\t' -f "$lib/paths.awk" -f "$lib/by-name.awk" -v foundFile="$here/found" "$@" \
	kind=search "$search" kind=cached "$here/cached" kind=needs "$here/needs"
# Libraries that were here before have to have the versions that are asked of them.
[ -n "${only-}" ] || [ ! -f "$here/found" ] || {
	cut -f 3 "$here/found" | sort -u >"$here/libraries"
	sort -u "$here/files" | comm -13 - "$here/libraries" | sh "$lib/elf.sh" >"$here/more"
	awk -F '\t' -f "$lib/versions.awk" kind=found "$here/found" kind=needs "$here/needs" "$here/more"
}
