# Packages in the builder's cache (cache.sh): kept.sh take|keep. Reads `uris`, what apt would get with --print-uris: address, name of the file, size, sum.
# `take` puts those that are there into `archives`, and apt gets the others; `keep` puts into the cache what apt has brought.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cache.sh"
enterCache packages || exit 0
# apt says the strongest sum of the package's entry, SHA256 in Debian's lists; addresses on this machine need no cache.
sed -n "s/^'\(http\|https\|tor\|mirror\)[^']*' \([^ /]*\.deb\) [0-9]* SHA256:\([0-9a-f]\{64\}\)\$/\3 \2/p" "$work/uris" >"$work/kept"
while read -r sum name; do
	case $1 in
	take) ! taken "$sum" "$work/archives/partial/$name" || mv "$work/archives/partial/$name" "$work/archives/$name" ;;
	keep) [ ! -f "$work/archives/$name" ] || keep "$sum" "$work/archives/$name" ;;
	esac
done <"$work/kept"
