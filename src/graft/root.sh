# A root in which programs of the packages run, with merged /usr: root.sh DIRECTORY TREE... It holds all files of the trees. Those are all that was
# unpacked, what comes along and what does not, the C library too, so that it does not depend on the base. Files are links to those of the
# trees: they take no time and no space.
set -eu
root=$1
shift
mkdir -p "$root/usr" "$root/tmp" "$root/dev"
# No device: a build step may not make one.
: >"$root/dev/null"
for name in bin sbin lib lib32 lib64 libx32; do
	mkdir "$root/usr/$name"
	ln -s "usr/$name" "$root/$name"
done
find "$@" -mindepth 1 -maxdepth 1 -type d | sort >"$root/tmp/tops"
sed 's|.*/||' "$root/tmp/tops" | sort -u | while read -r top; do
	mkdir -p "$root/$top"
	# Packages may hold the same file, or a link where another has a folder: the first stays.
	grep "/$top\$" "$root/tmp/tops" | sed 's|$|/.|' | xargs -d '\n' cp -al -t "$root/$top" 2>/dev/null || :
done
