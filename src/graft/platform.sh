# Whether this builder can serve this base: same distribution, same release, glibc. Sourced by debian.sh, which has set `expected`.
# Sets architecture (Debian's name), distribution (the name of the packages' origin), pretty, libc.
# shellcheck shell=sh disable=SC2034,SC2154 # the names are shared with debian.sh
tab=$(printf '\t')

# The architecture as Debian names it, from TARGETARCH and TARGETVARIANT, which are Docker's (and Go's) names.
case ${TARGETARCH:-}${TARGETVARIANT:+/$TARGETVARIANT} in
'') architecture=$(dpkg --print-architecture) ;;
amd64 | amd64/* | s390x | riscv64) architecture=$TARGETARCH ;;
arm64 | arm64/*) architecture=arm64 ;;
arm | arm/v7) architecture=armhf ;;
arm/v5 | arm/v6) architecture=armel ;;
386 | 386/*) architecture=i386 ;;
ppc64le) architecture=ppc64el ;;
mips64le) architecture=mips64el ;;
*) fail "$directive: Debian has no packages for the platform linux/$TARGETARCH${TARGETVARIANT:+/$TARGETVARIANT}" ;;
esac

id='' like='' release='' codename='' libc='' musl=''
while IFS=$tab read -r name value; do
	case $name in
	id) id=$value ;;
	like) like=$value ;;
	release) release=$value ;;
	codename) codename=$value ;;
	libc) libc=$value ;;
	musl) musl=$value ;;
	esac
done <"$work/facts"

# Ubuntu and Debian are two families, though Ubuntu says that it is like Debian. DHI images are ID=debian, or ID=dhi with ID_LIKE=debian.
family() {
	case " $1 " in
	*' ubuntu '*) echo Ubuntu ;;
	*' debian '*) echo Debian ;;
	*) echo "${1%% *}" ;;
	esac
}

# What a release is called: its number, or its code name while it has none (testing).
# shellcheck source=/dev/null
IFS=$tab read -r builder builderRelease builderName <<END
$(. "$etc/os-release" && printf '%s\t%s\t%s' "$ID ${ID_LIKE-}" "${VERSION_ID:-${VERSION_CODENAME-}}" "${VERSION_CODENAME-}")
END
distribution=$(family "$builder")
pretty="$distribution $builderRelease${builderName:+ ($builderName)}"
release=${release:-$codename}

[ -n "$libc" ] || [ -z "$musl" ] || fail "$directive: the base has musl (/$musl), and packages of $pretty need glibc" \
	"use the Debian form of the base image (a tag with -debian13)"
[ -n "$id" ] || fail "$directive: the base has no /etc/os-release, so its release is unknown" \
	'a library of another release may not load there; use a base image that names its release'
[ "$(family "$id $like")" = "$distribution" ] ||
	fail "$directive: the base is $(family "$id $like") $release, and the builder image is $pretty" \
		"take a builder image of the base's distribution"
[ "$release" = "$builderRelease" ] ||
	fail "$directive: the base is $(family "$id $like") $release, and the builder image is $pretty" \
		"libraries of another release may not load there; take a builder image of the base's release"
[ -z "$expected" ] || [ "$expected" = "$release" ] ||
	fail "$directive: the base was expected to be release $expected, and it is $release"
