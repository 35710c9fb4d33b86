# Brings the package lists that apt.conf asks for: `apt-get update`, which gets every source's signed release file anew. A list that the builder's cache
# has (cache.sh) is not got again when the release file that apt has just got and checked names its sum.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cache.sh"
tab=$(printf '\t')

# What apt makes of the lists is made when it is asked for packages, not here.
update() {
	apt-get -c "$work/apt.conf" -o pkgCacheFile::Generate=false "$@" update >"$work/log" 2>&1 || {
		lastWords "$work/log"
		fail 'apt-get update failed in the builder image; its last lines stand above'
	}
}

# Every list that apt would ask for: file, its name in the release file, architecture. Asked before there are lists, because apt reads them all first.
targets() {
	# shellcheck disable=SC2016 # apt's own names
	apt-get -c "$work/apt.conf" indextargets --no-release-info --format '$(FILENAME)	$(METAKEY)	$(ARCHITECTURE)' 'Identifier: Packages' \
		>"$work/targets" 2>/dev/null || : >"$work/targets"
}

# SHA-256 and file of every list that the sources have, by the release files that are here.
wanted() {
	while IFS=$tab read -r file key architecture; do
		source=${file%"$(printf %s "$key" | tr / _)"}
		for release in "${source}InRelease" "${source}Release"; do
			[ ! -f "$release" ] || awk -v key="$key" -v architecture="$architecture" -v file="$file" -f "$lib/release.awk" "$release"
		done
	done <"$work/targets" >"$work/wanted"
}

lacking() {
	while read -r _ file; do
		[ -f "$file" ] || return 0
	done <"$work/wanted"
	return 1
}

enterCache lists || {
	update
	exit 0
}
targets
: >"$work/wanted"
if [ -n "$(ls)" ]; then
	update -o Acquire::IndexTargets::deb::Packages::DefaultEnabled=false
	wanted
	while read -r sum file; do
		taken "$sum" "$file" || :
	done <"$work/wanted"
fi
if [ ! -s "$work/wanted" ] || lacking; then
	update
	wanted
	while read -r sum file; do
		if [ "$sum" != - ] && [ -f "$file" ]; then keep "$sum" "$file"; fi
	done <"$work/wanted"
fi
