# The files and links that the stage's own package records name: lines of path, package. Lists of checksums and the links in our records (distroless,
# DHI and grafts keep them in status.d, grafts on Alpine in var/lib/dhi), and lists of files (dpkg).
set -eu
lib=${0%/*}
. "$lib/places.sh"
cd "$target"
{
	for folder in var/lib/dpkg/status.d var/lib/dhi/packages; do
		[ ! -d "$folder" ] || find "$folder" -type f
	done
	[ ! -d var/lib/dpkg/info ] || find var/lib/dpkg/info -type f '(' -name '*.list' -o -name '*.md5sums' ')'
} | sort | tr '\n' '\0' | xargs -0 -r awk -f "$lib/owned.awk"
