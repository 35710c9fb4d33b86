# What the donor is, and whether what it has can run on the base: donor.sh RUNTIME WORD. Writes donor/list, donor/facts, donor/search, donor/packages,
# and donor/owners (path, package) from the package records: /var/lib/dpkg/info/*.list, else the checksums in status.d.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
word=$2
tab=$(printf '\t')
[ -d "$donor/usr" ] || [ -d "$donor/opt" ] || fail "$directive $word: the donor has no /usr and no /opt; name an image or a stage that has the runtime with --from"
find "$donor" -xdev -mindepth 1 -printf '%y\t%m\t%U\t%G\t%T@\t%H\t%P\t%l\n' >"$work/donor/list"
for file in facts search packages; do : >"$work/donor/$file"; done
awk -F '\t' -f "$lib/paths.awk" -f "$lib/facts.awk" \
	-v facts="$work/donor/facts" -v searchFile="$work/donor/search" -v packagesFile="$work/donor/packages" \
	kind=base "$work/donor/list"

value() {
	sed -n "s/^$2$tab//p" "$work/$1" | head -n 1
}
donorLibc=$(value donor/facts libc) donorMusl=$(value donor/facts musl)
# A base of musl has been refused before (platform.sh).
[ -n "$(value facts libc)" ] || fail "$directive $word: the base has no C library and no loader, so no runtime can run there" \
	'use a base with glibc, such as dhi.io/static:<date>-glibc or dhi.io/debian-base:trixie'
if [ -z "$donorLibc" ] && [ -n "$donorMusl" ]; then
	fail "$directive $word: the donor's runtime is made for musl, and the base has glibc" "name a donor on Debian with --from, or take the form of it with -debian$(value facts release)"
fi
release=$(value facts release) donorRelease=$(value donor/facts release)
[ -z "$release" ] || [ -z "$donorRelease" ] || [ "$release" = "$donorRelease" ] ||
	fail "$directive $word: the base is of release $release, and the donor is $(value donor/facts id) $donorRelease" \
		"its libraries are not the base's; name a donor of the base's release with --from, such as a tag with -debian$release"

{
	find "$donor/var/lib/dpkg/info" -maxdepth 1 -name '*.list' 2>/dev/null | sort | while read -r file; do
		name=${file##*/}
		name=${name%.list}
		sed "s|^/\(.*\)|\1$tab${name%:*}|" "$file"
	done
	find "$donor/var/lib/dpkg/status.d" -maxdepth 1 -name '*.md5sums' 2>/dev/null | sort | while read -r file; do
		name=${file##*/}
		sed "s|^[^ ]*  \(.*\)|\1$tab${name%.md5sums}|" "$file"
	done
} >"$work/donor/listed"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/owners.awk" kind=base "$work/donor/list" kind=listed "$work/donor/listed" >"$work/donor/owners"

# Packages of one source belong together: a runtime may be cut into several.
{
	[ ! -f "$donor/var/lib/dpkg/status" ] || cat "$donor/var/lib/dpkg/status"
	for file in "$donor"/var/lib/dpkg/status.d/*; do
		case $file in *.md5sums | *.list) continue ;; esac
		[ ! -f "$file" ] || {
			cat "$file"
			echo
		}
	done
} >"$work/donor/status"
awk '/^Package: / { package = source = $2 } /^Source: / { source = $2 } !NF && package != "" { print package "\t" source; package = "" }
	END { if (package != "") print package "\t" source }' "$work/donor/status" >"$work/donor/sources"
