# Brings the package lists that apt.conf asks for: `apt-get update`, which gets every source's signed release file anew. A list that the builder's cache
# has is not got again. Whoever builds on the same builder can write to that cache, so nothing there is believed: a list is taken only when its SHA-256
# is the one in the release file that apt has just got and checked.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
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

# Lists of sources that ask for a password are not for other builds on the builder.
guarded() {
	[ -e "$access/sources" ] || [ -e "$access/auth" ] || [ -s "$etc/apt/auth.conf" ] || [ -n "$(ls "$etc/apt/auth.conf.d" 2>/dev/null)" ] ||
		grep -rqs '://[^/ ]*@' "$etc/apt/sources.list" "$etc/apt/sources.list.d"
}

if [ ! -d "$cache" ] || guarded; then
	update
	exit 0
fi
# From here on only names in this folder are used, and none of another's links is followed.
[ ! -h "$cache/lists" ] || rm "$cache/lists"
mkdir -p "$cache/lists"
cd "$cache/lists"
[ "$(pwd -P)" = "$cache/lists" ] || fail "the builder's cache of package lists is not the folder that it was"
targets
: >"$work/wanted"
if [ -n "$(ls)" ]; then
	update -o Acquire::IndexTargets::deb::Packages::DefaultEnabled=false
	wanted
	while read -r sum file; do
		[ ! -f "$sum" ] || cp "$sum" "$file"
		if echo "$sum  $file" | sha256sum --check --status 2>/dev/null; then
			touch "$sum"
		else
			rm -rf "$file" "./$sum"
		fi
	done <"$work/wanted"
fi
if [ ! -s "$work/wanted" ] || lacking; then
	update
	wanted
	while read -r sum file; do
		if [ "$sum" = - ] || [ -e "$sum" ] || [ ! -f "$file" ]; then continue; fi
		new=$(mktemp ./new.XXXXXX)
		cp "$file" "$new"
		mv -T "$new" "$sum"
	done <"$work/wanted"
fi
# A list that changes gets another name, so old ones stay behind.
find . -type f -mtime +14 -exec rm -f {} +
