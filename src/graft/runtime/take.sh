# Takes what the seeds belong to from the donor: take.sh WORD RUNTIME. Packages come whole, by the donor's records; without a record, the folder that is the
# runtime's own. Writes tree/<package>, control/<package> and taken (package, line, way).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
word=$1 runtime=$2
. "$lib/known.sh"
: >"$work/taken"
# Packages of one source are one runtime, and so are those of known.sh.
cut -f 2 "$work/seeds" | sed '/^$/d' | sort -u >"$work/donor/seeded"
awk -F '\t' -v kin="$kin" 'kind == "seeded" { seeded[$1]; print; next } kind == "first" { if ($1 in seeded) source[$2]; next }
	$2 in source || (kin != "" && $1 ~ ("^(" kin ")$")) { print $1 }' \
	kind=seeded "$work/donor/seeded" kind=first "$work/donor/sources" kind=second "$work/donor/sources" | sort -u >"$work/donor/wanted"
runtimeName=$(printf 'dhi-runtime-%s' "$word" | tr -c 'a-z0-9\n' - )
awk -F '\t' -v work="$work" -v loose="$runtimeName" -v marks="$marks" -v spare="$spare" -f "$lib/paths.awk" -f "$lib/take.awk" kind=wanted "$work/donor/wanted" kind=prefixes "$work/prefixes" \
	kind=seeds "$work/seeds" kind=base "$work/donor/list" kind=owners "$work/donor/owners" | sort -u >"$work/donor/files"
sh "$lib/carry.sh" 1 <"$work/donor/files"
