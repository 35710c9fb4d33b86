# What the lines ask for, from `lines` of lines.sh: apk-words.sh. Writes words: word, name, version, number of its line.
# apk reads a word as more than a name (`so:x`, `cmd:x`, `!x`, `x@tag`, `x~1`, a file x.apk), so all but name and name=version is refused.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
tab=$(printf '\t')
: >"$work/words"

# The grammar of abuild: a name, and a version such as 1.2.3a_rc1-r0.
word() {
	name=${1%%=*}
	version=
	[ "$name" = "$1" ] || version=${1#*=}
	case $name in
	*:*) fail "$directive $1: not a package's name but something that packages provide; name the package (\`apk search -x $name\` tells which)" ;;
	*'~'* | *'<'* | *'>'*) fail "$directive $1: only an exact version can be asked for: write ${name%%[<>~]*}=<version>, or the name alone" ;;
	[!A-Za-z0-9]* | *[!A-Za-z0-9._+-]* | '' | *.apk*) fail "$directive $1: no package name; a name has letters, digits and . _ + -, and begins with a letter or a digit" ;;
	esac
	[ "$1" != "$name=" ] || fail "$directive $1: the version after = is missing"
	case $version in
	'') ;;
	[!0-9]* | *[!A-Za-z0-9._~-]*) fail "$directive $1: no version of an Alpine package; write name=version, such as $name=1.2.3-r0" ;;
	esac
	printf '%s\t%s\t%s\t%s\n' "$1" "$name" "$version" "$line" >>"$work/words"
}

while IFS=$tab read -r line directive kind value; do
	case $kind in
	word) word "$value" ;;
	--allow-shell) [ "$directive" = DHI-TOOL ] || fail "$directive --allow-shell: only DHI-TOOL brings programs" ;;
	--recommends)
		fail "$directive --recommends: Alpine's packages recommend none" \
			"what install_if of a package brings comes by itself; leave the flag out"
		;;
	esac
done <"$work/lines"
