# Makes the root that apk works in: apk-root.sh ARCHITECTURE. It has the base's links to folders, its database and accounts, and none of its files:
# apk then fetches what the base lacks, weighed against the base's own versions.
set -eu
lib=${0%/*}
. "$lib/places.sh"
root=$work/root
tab=$(printf '\t')
mkdir -p "$root"

# apk would follow an absolute link out of the root, so each leads relatively to where it leads in the base.
awk -F '\t' -f "$lib/paths.awk" -f "$lib/apk-links.awk" kind=base "$work/base.list" | sort >"$work/links"
while IFS=$tab read -r path folder to; do
	mkdir -p "$root/$folder"
	case $path in
	*/*) mkdir -p "$root/${path%/*}" ;;
	esac
	ln -s -- "$to" "$root/$path"
done <"$work/links"

for folder in tmp proc dev var/cache/apk var/cache/misc lib/apk/db etc/apk; do
	mkdir -p "$root/$folder"
done
for file in passwd group; do
	found=$(awk -F '\t' -v asked="etc/$file" -f "$lib/paths.awk" -f "$lib/apk-where.awk" kind=base "$work/base.list")
	[ -z "$found" ] || cp "$found" "$root/etc/$file"
done
printf '%s\n' "$1" >"$root/etc/apk/arch"
: >"$root/lib/apk/db/triggers"
cp "$work/base.installed" "$root/lib/apk/db/installed"
# Pinned, because apk would update the base's packages or, with an empty world, remove them.
awk -F '\t' '{ print $1 "=" $2 }' "$work/base.packages" >"$root/etc/apk/world"

# abuild makes every package with a shell script in it depend on /bin/sh, which nothing here runs. A record that no package has provides it, so
# that a stage without shell stays without; it is left out of the result. A database with a record that lacks C: is refused.
if ! grep -q '^shell' "$work/facts" && ! grep -q -e "$tab--allow-shell" "$work/lines"; then
	[ ! -s "$root/lib/apk/db/installed" ] || [ -z "$(tail -n 1 "$root/lib/apk/db/installed")" ] || echo >>"$root/lib/apk/db/installed"
	printf '%s\n' C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA= P:.dhi-native V:0 A:noarch S:0 I:0 T:x U:x L:x p:/bin/sh '' >>"$root/lib/apk/db/installed"
	echo .dhi-native >>"$root/etc/apk/world"
fi
