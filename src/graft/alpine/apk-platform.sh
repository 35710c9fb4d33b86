# Sourced by alpine.sh: the architecture to fetch packages for, and whether the builder's release is the base's.
# Sets architecture and pretty (the release as people call it).
# shellcheck shell=sh disable=SC2034,SC2154 # the names are shared with alpine.sh
tab=$(printf '\t')
command -v apk >/dev/null || fail "$directive $asked: the builder image has no apk" 'take the development image of the base, such as dhi.io/alpine-base:<release>-dev, or alpine:<release>'

# The architecture as Alpine names it, from TARGETARCH and TARGETVARIANT, which are Docker's (and Go's) names.
case ${TARGETARCH:-}${TARGETVARIANT:+/$TARGETVARIANT} in
'') architecture=$(apk --print-arch) ;;
amd64 | amd64/*) architecture=x86_64 ;;
arm64 | arm64/*) architecture=aarch64 ;;
arm | arm/v7) architecture=armv7 ;;
arm/v6) architecture=armhf ;;
386 | 386/*) architecture=x86 ;;
loong64) architecture=loongarch64 ;;
ppc64le | s390x | riscv64) architecture=$TARGETARCH ;;
*) fail "$directive $asked: Alpine has no packages for the platform linux/$TARGETARCH${TARGETVARIANT:+/$TARGETVARIANT}" ;;
esac

id='' like='' release='' loader='' glibc='' database=''
while IFS=$tab read -r name value; do
	case $name in
	id) id=$value ;;
	like) like=$value ;;
	release) release=$value ;;
	loader) loader=$value ;;
	glibc) glibc=$value ;;
	database) database=$value ;;
	esac
done <"$work/facts"

# Packages of one branch (3.23) fit all its releases (3.23.1).
branch() {
	printf '%s\n' "$1" | cut -d . -f 1,2
}
builderRelease=$(. "$etc/os-release" && printf %s "$VERSION_ID")
pretty="Alpine $(branch "$builderRelease")"

[ -n "$loader" ] || [ -z "$glibc" ] || fail "$directive $asked: the base has glibc (/$glibc), and packages of $pretty need musl" \
	'use the Alpine form of the base image (a tag with -alpine), or take packages from Debian'
[ -n "$loader" ] || fail "$directive $asked: the base has no C library and no loader, so no library can be loaded there" \
	'use a base with musl: dhi.io/static:<date>-musl-alpine instead of dhi.io/static:<date>-alpine, or an image of your language'
case " $id $like " in
*' alpine '*) ;;
*) fail "$directive $asked: the base is ${id:-of no known distribution} $release, and the builder image is $pretty" "take a builder image of the base's distribution" ;;
esac
[ "$(branch "$release")" = "$(branch "$builderRelease")" ] ||
	fail "$directive $asked: the base is Alpine $release, and the builder image is $pretty" \
		"libraries of another release may not load there; take a builder image of the base's release"
[ -z "$expected" ] || [ "$(branch "$expected")" = "$(branch "$release")" ] ||
	fail "$directive $asked: the base was expected to be release $expected, and it is $release"
[ -n "$database" ] || fail "$directive $asked: the base has no apk database (/lib/apk/db/installed), so what it has cannot be told" \
	'use a base that keeps it, as all dhi.io images of Alpine do'
