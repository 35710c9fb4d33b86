# What the graft needs and neither it nor the base has: interpreters of its scripts, which are told, and libraries. Now package sources can be asked which
# packages hold those; the proof that follows has no network. Writes proof/sonames (library, package) and proof/closure (libraries of the packages).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
architecture=$(cat "$work/root/etc/apk/arch")
cd "$out"
awk -F '\t' '$4 == "f" { print $3 }' "$work/moves" | sh "$lib/elf.sh" >"$work/needs"
sh "$lib/apk-list.sh" "$out" | awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $4, $5, $7, $8, $9 }' >"$work/out.list"
find . -type f -perm -100 | sed 's|^\./||' | sort | awk '{ if ((getline line < $0) > 0 && line ~ /^#!/) print $0 "\t" line; close($0) }' >"$work/scripts"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/interpreters.awk" kind=base "$work/base.list" kind=base "$work/out.list" \
	kind=moves "$work/moves" kind=scripts "$work/scripts" >>"$work/notes"
awk -F '\t' '$3 ~ /\.so(\.|$)/ { sub(/.*\//, "", $3); print $3 }' "$work/left" "$work/moves" | sort -u >"$work/proof/closure"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/by-name.awk" kind=base "$work/base.list" kind=base "$work/out.list" \
	kind=search "$work/search" kind=needs "$work/needs" | cut -f 3 | sort -u >"$work/unknown"
: >"$work/proof/sonames"
[ -s "$work/unknown" ] || exit 0
. "$lib/apk-access.sh"
while read -r library; do
	case $library in
	*[!A-Za-z0-9._+-]*) continue ;;
	esac
	package=$(apkHere search -qx "so:$library" 2>/dev/null | head -n 1)
	[ -z "$package" ] || printf '%s\t%s\n' "$library" "$package"
done <"$work/unknown" >"$work/proof/sonames"
