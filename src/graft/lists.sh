# Brings the package lists that apt.conf asks for: lists.sh ARCHITECTURE. That is `apt-get update`, which gets every source's signed release file anew.
# A list that the builder's cache has (cache.sh) is not got again when the release file that apt has just got and checked names its sum.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/waiting.sh"
. "$lib/cache.sh"
architecture=$1
tab=$(printf '\t')

# What apt makes of the lists is made when it is asked for packages, not here.
try() {
	waiting "$work/log" apt-get -c "$work/apt.conf" -o pkgCacheFile::Generate=false "$@" update
}
update() {
	try "$@" || {
		lastWords "$work/log"
		fail 'apt-get update failed in the builder image; its last lines stand above'
	}
}

# The lists in gzip form, as files that apt proves but does not unpack (narrow.sh does while it reads them: apt would do one after the other, and sum
# up all of the text). A suite without such gets its lists by a second target, which apt asks for only there (Fallback-Of, apt's
# acquire-additional-files).
packed() {
	# shellcheck disable=SC2016 # apt's own names
	try -o 'Acquire::IndexTargets::deb::Packages::MetaKey=$(COMPONENT)/binary-$(ARCHITECTURE)/Packages.gz' \
		-o Acquire::IndexTargets::deb::Packages::flatMetaKey=Packages.gz -o Acquire::IndexTargets::deb::Packages::Optional=true \
		-o "Acquire::IndexTargets::deb::dhi::MetaKey=\$(COMPONENT)/binary-$architecture/Packages" \
		-o Acquire::IndexTargets::deb::dhi::flatMetaKey=Packages \
		-o Acquire::IndexTargets::deb::dhi::ShortDescription=Packages \
		-o 'Acquire::IndexTargets::deb::dhi::Description=$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Packages' \
		-o 'Acquire::IndexTargets::deb::dhi::flatDescription=$(RELEASE) Packages' \
		-o Acquire::IndexTargets::deb::dhi::Fallback-Of=Packages
}

# Every list that apt would ask for: file, its name in the release file, architecture. Asked before there are lists, because apt reads them all first.
targets() {
	# shellcheck disable=SC2016 # apt's own names
	apt-get -c "$work/apt.conf" indextargets --no-release-info --format '$(FILENAME)	$(METAKEY)	$(ARCHITECTURE)' 'Identifier: Packages' \
		>"$work/targets" 2>/dev/null || : >"$work/targets"
}

# SHA-256 and file of every list that the sources have, by the release files that are here.
wanted() {
	while IFS=$tab read -r file key of; do
		source=${file%"$(printf %s "$key" | tr / _)"}
		for release in "${source}InRelease" "${source}Release"; do
			[ ! -f "$release" ] || awk -v key="$key" -v architecture="$of" -v file="$file" -f "$lib/release.awk" "$release"
		done
	done <"$work/targets" >"$work/wanted"
}

lacking() {
	while read -r _ file; do
		[ -f "$file" ] || return 0
	done <"$work/wanted"
	return 1
}

# All that is not here yet. What apt did not get in gzip form, it gets as it likes, and tells errors then; a source that cannot be reached is not
# asked twice.
bring() {
	if packed; then
		wanted
		[ ! -s "$work/wanted" ] || lacking || return 0
		[ -s "$work/wanted" ] || ! grep -q '^W: Failed to fetch' "$work/log" || return 0
	fi
	update
	wanted
}

targets
enterCache lists || {
	bring
	exit 0
}
: >"$work/wanted"
if [ -n "$(ls)" ]; then
	update -o Acquire::IndexTargets::deb::Packages::DefaultEnabled=false
	wanted
	while read -r sum file; do
		taken "$sum" "$file" || :
	done <"$work/wanted"
fi
if [ ! -s "$work/wanted" ] || lacking; then
	bring
	while read -r sum file; do
		if [ "$sum" != - ] && [ -f "$file" ]; then keep "$sum" "$file"; fi
	done <"$work/wanted"
fi
