# Unpacks one package: unpack.sh FILE.deb. Files go to `tree/<package>`, its control files to `control/<package>`.
# Nothing here is run. Documentation, manuals and translations are not even written, unless the variable `everything` says so; the copyright
# file is (its licence asks for it).
# Owners are numbers: names would be looked up in the builder. tar restores no extended attributes, so file capabilities never arrive.
set -eu
lib=${0%/*}
. "$lib/places.sh"
package=${1##*/}
package=${package%%_*}
mkdir -p "$work/tree/$package"
dpkg-deb -e "$1" "$work/control/$package"
[ -n "${everything-}" ] || set -- "$1" \
	--exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/doc/*/c[!o]*' --exclude='./usr/share/doc/*/co[!p]*' \
	--exclude='./usr/share/man/*' --exclude='./usr/share/info/*' --exclude='./usr/share/locale/*/LC_MESSAGES/*' \
	--exclude='./usr/share/lintian/*' --exclude='./usr/share/bug/*' --exclude='./usr/share/doc-base/*' \
	--exclude='./usr/share/gtk-doc/*'
file=$1
shift
dpkg-deb --fsys-tarfile "$file" | tar -x -p -C "$work/tree/$package" --numeric-owner --anchored --wildcards "$@"
