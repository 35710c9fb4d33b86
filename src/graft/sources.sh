# Makes apt ready: sources.sh ARCHITECTURE. Reads the image's own sources anew, for that architecture alone, as if no package were installed.
# Writes apt.conf and the list of all package names. The image's settings stay in force but for the ones that stand here.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
mkdir -p "$work/archives/partial"
# The status is empty because a dependency that the builder has is not one that the base has.
cat >"$work/apt.conf" <<END
APT::Architecture "$1";
#clear APT::Architectures;
APT::Architectures { "$1"; };
APT::Install-Suggests "false";
Dir::State::status "/dev/null";
Dir::Cache::archives "$work/archives";
Dir::Cache::pkgcache "$work/pkgcache.bin";
Dir::Cache::srcpkgcache "$work/srcpkgcache.bin";
Debug::NoLocking "true";
Acquire::Languages "none";
Acquire::IndexTargets::deb-src::Sources::DefaultEnabled "false";
Acquire::GzipIndexes "false";
Acquire::Retries "3";
END
apt-get -c "$work/apt.conf" update >"$work/log" 2>&1 || {
	tail -n 30 "$work/log" >&2
	fail 'apt-get update failed in the builder image; its last lines stand above'
}
# A source that cannot be read is only a warning for apt. It is shown, because a package may then seem to be missing.
grep -E '^(W|E|Err)[: ]' "$work/log" >&2 || :
apt-cache -c "$work/apt.conf" pkgnames >"$work/names" 2>/dev/null
[ -s "$work/names" ] || fail 'the builder image has no package source; it needs an entry in /etc/apt/sources.list or /etc/apt/sources.list.d'
