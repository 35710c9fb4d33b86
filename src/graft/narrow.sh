# Cuts the package lists down to what the words can reach: apt then reads hundreds of entries, not all of the archive's (70,000 in Debian 13), each
# time it is asked. Reads `asked` and `lines`; writes `names`, the names of all packages (some twice), and leaves apt the short lists in place of the long ones.
# Lists in another form than plain text stay as they are, and those with relations over several lines, which no archive's own tools write.
set -eu
lib=${0%/*}
. "$lib/places.sh"
fields='Package|Pre-Depends|Depends|Provides'
! grep -q "$(printf '\t--recommends\t')" "$work/lines" || fields="$fields|Recommends"
set -- "$index"/lists/*_Packages
if [ ! -f "$1" ] || ls "$index"/lists/*_Packages.* >/dev/null 2>&1; then
	apt-cache -c "$work/apt.conf" pkgnames >"$work/names" 2>/dev/null
	exit 0
fi
cut -f 2 "$work/asked" >"$work/seeds"
: >"$work/names"
grep -hE "^($fields):|^[[:space:]]+[,|]" -- "$@" |
	awk -F '\t' -v names="$work/names" -f "$lib/reach-names.awk" kind=table "$lib/packages.txt" kind=seed "$work/seeds" kind=field - >"$work/reached" ||
	exit 0
mkdir "$index/short"
for list in "$@"; do
	awk 'NR == FNR { wanted["Package: " $0]; next } /^Package: / { taken = $0 in wanted } taken' "$work/reached" "$list" >"$index/short/${list##*/}"
	rm "$list"
done
mv "$index"/short/* "$index/lists"
rmdir "$index/short"
