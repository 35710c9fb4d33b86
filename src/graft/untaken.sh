# Unpacks the packages of `later`, of which nothing comes along, to `untaken/<package>`: programs of other packages need them to run (make.sh).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/unpack.sh"
rm -rf "$work/untaken.new"
mkdir "$work/untaken.new"
for file in "$work/later"/*.deb; do
	[ -e "$file" ] || continue
	packageOf "$file"
	mkdir "$work/untaken.new/$package"
	unpackFiles "$file" "$work/untaken.new/$package"
done
mv "$work/untaken.new" "$work/untaken"
