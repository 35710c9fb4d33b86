# The work of maintainer scripts that is more than a link: files that are copies, and files that a program makes from what is installed.
# The table says which (images/packages/README.md). Programs run in a throw-away root that is made of the unpacked packages, never in the base.
# Puts the files into `out`, and lists them in `caches`: path, what it is, package that asked for it,
# f (file) or l (link).
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
tab=$(printf '\t')
: >"$work/caches"
cat "$work/special.notes" >>"$work/notes"
awk -F '\t' -v out="$out" -v tree="$work/tree" -f "$lib/plan.awk" kind=facts "$work/facts" kind=table "$lib/packages.txt" \
	kind=moves "$work/moves" kind=tree "$work/tree.list" >"$work/plan"
[ -s "$work/plan" ] || exit 0

mkdir "$work/fresh"
: >"$work/fresh.list"
grep '^copy' "$work/plan" | while IFS= read -r row; do
	# Cut, because read takes two tabs in a row for one.
	to=$(printf '%s\n' "$row" | cut -f 3)
	from=$(printf '%s\n' "$row" | cut -f 4)
	if [ -e "$work/fresh$to" ]; then
		[ -z "$(tail -c 1 "$work/fresh$to")" ] || echo >>"$work/fresh$to"
	else
		mkdir -p "$work/fresh${to%/*}"
		printf '%s\tconfiguration\t%s\t%s\tf\n' "${to#/}" "$(printf '%s\n' "$row" | cut -f 2)" "$to" >>"$work/fresh.list"
	fi
	{
		if [ -n "$from" ]; then
			cat "$from"
		else
			printf '%s\n' "$row" | cut -f 5
		fi
	} >>"$work/fresh$to"
done
if grep '^make' "$work/plan" >"$work/makes"; then
	sh "$lib/make.sh"
fi

awk -F '\t' -v work="$work" -f "$lib/paths.awk" -f "$lib/adopt.awk" kind=base "$work/base.list" kind=folder "$work/folders.new" \
	kind=baseFolder "$work/folders.base" kind=moves "$work/moves" kind=made "$work/made" kind=fresh "$work/fresh.list" >"$work/adopted"
while IFS=$tab read -r path at; do
	mkdir -p "$out/${at%/*}"
	cp -dT --preserve=links -- "$work/fresh/$path" "$out/$at"
	[ -h "$out/$at" ] || chmod 644 "$out/$at"
done <"$work/adopted"
