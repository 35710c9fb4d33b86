# Links for libraries of the runtime that its commands need and that stand where the base's loader does not look: reach.sh. Images name such a folder in LD_LIBRARY_PATH, which
# would count for every program of the stage, or in a cache of the loader, which is the base's.
set -eu
lib=${0%/*}
. "$lib/places.sh"
tab=$(printf '\t')
multiarch=$(sed -n "s/^multiarch$tab//p" "$work/facts" | head -n 1)
awk -F '\t' -v folder="usr/lib${multiarch:+/$multiarch}" -f "$lib/paths.awk" -f "$lib/reach.awk" \
	kind=target "$work/search" kind=have "$work/base.list" kind=files "$work/donor/files" kind=commands "$work/commands" \
	kind=base "$work/donor/list" kind=needs "$work/donor/needs" | sort -u >"$work/donor/reach"
while IFS=$tab read -r package link to; do
	mkdir -p "$work/tree/$package/${link%/*}"
	ln -s "/$to" "$work/tree/$package/$link"
	touch -h -d @946684800 "$work/tree/$package/$link"
done <"$work/donor/reach"
