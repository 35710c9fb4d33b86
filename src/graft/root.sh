# A root in which programs of the packages run, with merged /usr: root.sh DIRECTORY. It holds all that was unpacked, what comes along and what
# does not, the C library too, so that it does not depend on the base. Files are links to the unpacked ones: they take no time and no space.
set -eu
lib=${0%/*}
. "$lib/places.sh"
mkdir -p "$1/usr" "$1/tmp" "$1/dev"
# No device: a build step may not make one.
: >"$1/dev/null"
for name in bin sbin lib lib32 lib64 libx32; do
	mkdir "$1/usr/$name"
	ln -s "usr/$name" "$1/$name"
done
find "$work"/tree/* "$out" -mindepth 1 -maxdepth 1 -type d | sort >"$work/tops"
sed 's|.*/||' "$work/tops" | sort -u | while read -r top; do
	mkdir -p "$1/$top"
	# Packages may hold the same file, or a link where another has a folder: the first stays.
	grep "/$top\$" "$work/tops" | sed 's|$|/.|' | xargs -d '\n' cp -al -t "$1/$top" 2>/dev/null || :
done
