# Scripts that cannot run, because nobody has the program that their first line names: a note for each kind. They come along all the same,
# because what calls them may never do so; a shell never comes by itself.
set -eu
lib=${0%/*}
. "$lib/places.sh"
cd "$out"
# shellcheck disable=SC2016 # awk's own names
find . -type f -perm /111 -print0 | sort -z | xargs -0 -r awk 'FNR == 1 { if (/^#!/) print substr(FILENAME, 3) "\t" $0; nextfile }' >"$work/scripts"
[ -s "$work/scripts" ] || exit 0
find . -mindepth 1 -printf '%y\t%m\t%U\t%G\t%T@\t%H\t%P\t%l\n' >"$work/out.list"
awk -F '\t' -f "$lib/paths.awk" -f "$lib/interpreters.awk" kind=base "$work/base.list" kind=base "$work/out.list" \
	kind=moves "$work/moves" kind=scripts "$work/scripts" >>"$work/notes"
