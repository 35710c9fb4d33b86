# The packages that the words mean: names.sh DIRECTIVE RELEASE WORD...
# Writes `word<TAB>name<TAB>version` lines to `words`. apt would read a word as syntax (a pattern, `curl-` to remove curl), so a word
# that is no package name by Debian policy 5.6.1, with or without =version (5.6.12), is refused before apt sees it.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
directive=$1
release=$2
shift 2
tab=$(printf '\t')
: >"$work/asked"
for word in "$@"; do
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
	printf '%s\t%s\t%s\n' "$word" "$name" "$version" >>"$work/asked"
done

for file in words.found problems missing; do : >"$work/$file"; done
cut -f 2 "$work/asked" | sort -u | xargs apt-cache -c "$work/apt.conf" showpkg -- 2>/dev/null >"$work/show" || :
awk -F '\t' -f "$lib/names.awk" -v resolved="$work/words.found" -v problems="$work/problems" -v missing="$work/missing" \
	kind=words "$work/asked" kind=show "$work/show"
if [ -s "$work/missing" ]; then
	sort -u "$work/names" | awk -f "$lib/near.awk" kind=missing "$work/missing" kind=names - >"$work/near"
	while IFS=$tab read -r name near; do
		printf '%s is no package of %s; %s\n' "$name" "$release" \
			"${near:+did you mean $near?}${near:-no name there is near to it}" | sed 's/?.*$/?/' >>"$work/problems"
	done <"$work/near"
fi
[ ! -s "$work/problems" ] || {
	sed "s/^/dhi: $directive /" "$work/problems" >&2
	exit 1
}
mv "$work/words.found" "$work/words"
