# The files and links that the stage's own package records name: lines of path, package. Lists of checksums and the links in our records (distroless,
# DHI and grafts keep them in status.d, grafts on Alpine in var/lib/dhi), and lists of files (dpkg).
set -eu
lib=${0%/*}
. "$lib/places.sh"
tab=$(printf '\t')
cd "$target"
for folder in var/lib/dpkg/status.d var/lib/dpkg/info var/lib/dhi/packages; do
	[ ! -d "$folder" ] || find "$folder" -type f
done | sort | while read -r file; do
	package=${file##*/}
	case $file in
	*/info/*.list) sed "s|^/*||; s|\$|$tab$(basename "${package%%:*}" .list)|" "$file" ;;
	*.md5sums) sed "s|^[^ ]*  *||; s|^\./||; s|\$|$tab$(basename "${package%%:*}" .md5sums)|" "$file" ;;
	*/info/*) ;;
	*) sed -n "/^Dhi-Links:/,/^[^ D]/ s|^ /\(.*\)|\1$tab$package|p" "$file" ;;
	esac
done
