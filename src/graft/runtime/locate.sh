# Where the runtime is in the donor: locate.sh RUNTIME WORD. Writes seeds (path of the donor: what its commands lead to), commands (name, path below the
# root) and prefixes (folders that are the runtime's own when no package owns it). Never by a path that is known beforehand, only by the commands.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
runtime=$1 word=$2
. "$lib/known.sh"
for name in $must $may; do
	printf '%s\t%s\n' "$name" "$(case " $must " in *" $name "*) echo must ;; *) echo may ;; esac)"
done >"$work/donor/names"
: >"$work/seeds"
: >"$work/prefixes"
: >"$work/commands"
: >"$work/problems"
awk -F '\t' -v work="$work" -v word="$word" -f "$lib/paths.awk" -f "$lib/locate.awk" \
	kind=path "$work/donor/path" kind=names "$work/donor/names" kind=base "$work/donor/list" kind=owners "$work/donor/owners"
[ ! -s "$work/problems" ] || {
	head -n 1 "$work/problems" | sed 's/^/dhi: /' >&2
	exit 1
}
# What the base has already would be hidden or doubled.
awk -F '\t' -v word="$word" -f "$lib/paths.awk" -f "$lib/present.awk" kind=base "$work/base.list" kind=commands "$work/commands" >"$work/present"
[ ! -s "$work/present" ] || fail "DHI-RUNTIME $word: the base, or a line above, has a $(cut -f 1 "$work/present" | head -n 1) of its own at /$(cut -f 2 "$work/present" | head -n 1)" \
	'a stage has one version of a runtime: leave this line out, or take a base without it'
