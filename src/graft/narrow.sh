# Cuts the package lists down to what the words can reach: apt then reads hundreds of entries, not all of the archive's (70,000 in Debian 13), each
# time it is asked. Reads `asked` and `lines`; writes `names`, the names of all packages (some twice), and leaves apt the short lists in place of the long ones.
# Lists in another form than plain text or gzip stay as they are, and those with relations over several lines, which no archive's own tools write.
set -eu
lib=${0%/*}
. "$lib/places.sh"
fields='Package|Pre-Depends|Depends|Provides'
! grep -q "$(printf '\t--recommends\t')" "$work/lines" || fields="$fields|Recommends"
if [ -z "$(find "$index/lists" -maxdepth 1 '(' -name '*_Packages' -o -name '*_Packages.gz' ')' -print -quit)" ] ||
	[ -n "$(find "$index/lists" -maxdepth 1 -name '*_Packages.*' ! -name '*.gz' -print -quit)" ]; then
	apt-cache -c "$work/apt.conf" pkgnames >"$work/names" 2>/dev/null
	exit 0
fi

# apt's own program takes half of the time that gzip does. It takes half a file for a whole one; the sums of these were just checked.
text() {
	case $1 in
	*.gz) if [ -x /usr/lib/apt/apt-helper ]; then /usr/lib/apt/apt-helper cat-file "$1"; else gzip -dc -- "$1"; fi ;;
	*) cat -- "$1" ;;
	esac
}
# All lists, which also go to `long`, for a second look at them.
texts() {
	for list in "$index"/lists/*_Packages*; do
		name=${list##*/}
		{ text "$list" || : >"$index/broken"; } | tee "$index/long/${name%.gz}" || : >"$index/broken"
	done
}
# A list's entries of the packages that were reached: entries LONG SHORT. grep finds where they begin in half of awk's time, and brings some lines of
# each; an entry that is longer is left to awk.
entries() {
	# shellcheck disable=SC2016 # awk's own names
	cut='NR == FNR { first[$0]; next } /^Package: / { taken = $0 in first; lines = 0 } taken { if (most && ++lines > most) exit 1; print }'
	grep -F -x -A 1000 -f "$index/first" -- "$1" | awk -v most=1000 "$cut" "$index/first" - >"$2" || awk "$cut" "$index/first" "$1" >"$2"
}

mkdir "$index/long" "$index/short"
cut -f 2 "$work/asked" >"$work/seeds"
: >"$work/names"
texts | grep -E "^($fields):|^[[:space:]]+[,|]" |
	awk -F '\t' -v names="$work/names" -f "$lib/reach-names.awk" kind=table "$lib/packages.txt" kind=seed "$work/seeds" kind=field - >"$work/reached" ||
	: >"$index/broken"
if [ ! -e "$index/broken" ]; then
	sed 's/^/Package: /' "$work/reached" >"$index/first"
	for list in "$index"/long/*; do entries "$list" "$index/short/${list##*/}"; done
	rm "$index"/lists/*_Packages*
	mv "$index"/short/* "$index/lists"
fi
rm -rf "$index/long" "$index/short" "$index/broken" "$index/first"
