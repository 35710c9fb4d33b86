# The packages that the words mean: names.sh RELEASE. Reads `lines`, writes lines of word, name, version, line to `words`.
# apt would read a word as syntax (a pattern, `curl-` to remove curl), so a word that is no package name by Debian policy 5.6.1, with or
# without =version (5.6.12), is refused before apt sees it.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
release=$1
tab=$(printf '\t')
: >"$work/asked"
while IFS=$tab read -r line directive what word; do
	[ "$what" = word ] || continue
	name=${word%%=*}
	version=
	[ "$name" = "$word" ] || version=${word#*=}
	case $name in
	*[A-Z]*) fail "$directive $word: no package name; Debian's are in small letters: write $directive $(printf %s "$word" | tr '[:upper:]' '[:lower:]')" ;;
	[a-z0-9]*) ;;
	*) fail "$directive $word: no package name; a name begins with a small letter or a digit" ;;
	esac
	case $name in
	? | *[!a-z0-9+.-]*) fail "$directive $word: no package name; a name has two or more of a-z, 0-9, +, - and ." ;;
	esac
	case $version in
	*[!A-Za-z0-9.+:~-]*) fail "$directive $word: no version of a Debian package; write name=version with letters, digits and . + - : ~" ;;
	esac
	[ "$word" != "$name=" ] || fail "$directive $word: the version after = is missing"
	printf '%s\t%s\t%s\t%s\t%s\n' "$word" "$name" "$version" "$line" "$directive" >>"$work/asked"
done <"$work/lines"

# A line that asks for a shell brings one when the base has none: dash, the smallest that all scripts of Debian run with (policy 10.4).
grep -q "^sh$tab" "$work/facts" || awk -F '\t' '$3 == "--allow-shell" && !seen[$1]++ { print $3 "\tdash\t\t" $1 "\t" $2 }' "$work/lines" >>"$work/asked"

sh "$lib/narrow.sh"
for file in words.found problems missing; do : >"$work/$file"; done
cut -f 2 "$work/asked" | sort -u | xargs apt-cache -c "$work/apt.conf" showpkg -- 2>/dev/null >"$work/show" || :
awk -F '\t' -f "$lib/names.awk" -v resolved="$work/words.found" -v problems="$work/problems" -v missing="$work/missing" \
	kind=words "$work/asked" kind=show "$work/show"
if [ -s "$work/missing" ]; then
	cut -f 1 "$work/missing" >"$work/missing.names"
	sort -u "$work/names" | awk -f "$lib/near.awk" kind=missing "$work/missing.names" kind=names - | paste "$work/missing" - >"$work/near"
	while IFS=$tab read -r name directive _ near; do
		printf '%s %s is no package of %s; %s\n' "$directive" "$name" "$release" \
			"${near:+did you mean $near?}${near:-no name there is near to it}" | sed 's/?.*$/?/' >>"$work/problems"
	done <"$work/near"
fi
[ ! -s "$work/problems" ] || {
	sed 's/^/dhi: /' "$work/problems" >&2
	exit 1
}
mv "$work/words.found" "$work/words"
