# The donor's record of a package: stanza.sh PACKAGE. A package that has none in the donor (a runtime that was unpacked there) gets one that says so.
set -eu
lib=${0%/*}
. "$lib/places.sh"
package=$1
awk -v package="$package" 'BEGIN { RS = ""; ORS = "\n" } index("\n" $0 "\n", "\nPackage: " package "\n") { print; exit }' "$work/donor/status" |
	grep -v '^Dhi-' >"$work/donor/stanza" || :
if [ -s "$work/donor/stanza" ]; then cat "$work/donor/stanza"; else
	printf 'Package: %s\nVersion: 0\nArchitecture: all\nDescription: files of the donor that no package owns\n' "$package"
fi
