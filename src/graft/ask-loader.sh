# Asks the base's loader, inside the base's root, what each file needs: ask-loader.sh LOADER FILE...
# `searched` in the environment is the image's LD_LIBRARY_PATH, if it has one.
# Prints a line for each thing that is wrong: file, missing|version|other, library or text, version, library that asks for the version.
# Symbols are not looked up, because a plugin may take them from the program that loads it; versions of libraries are (ld.so(8), --list).
set -eu
lib=${0%/*}
. "$lib/places.sh"
loader=$1
shift
# A limit for each file costs more time than its answer, so all of them together have the time of one. Those that do not end in it are asked again,
# each with a limit of its own.
if [ -z "${limit+set}" ]; then
	if answers=$(limit='' timeout 20 sh "$0" "$loader" "$@"); then
		[ -z "$answers" ] || printf '%s\n' "$answers"
		exit 0
	fi
	limit='timeout 20'
fi
for file in "$@"; do
	status=0
	# shellcheck disable=SC2086 # words
	answer=$($limit chroot "$target" "/$loader" ${searched:+--library-path "$searched"} --list "/$file" 2>&1) || status=$?
	case $answer in
	*'error while loading shared libraries: '*': cannot open shared object file'*)
		missing=${answer#*error while loading shared libraries: }
		printf '%s\tmissing\t%s\n' "$file" "${missing%%:*}"
		;;
	*'error while loading shared libraries: '*)
		printf '%s\tother\t%s\n' "$file" "${answer#*error while loading shared libraries: }" | tr '\n' ' '
		echo
		;;
	*": version "*" not found "*)
		printf '%s\n' "$answer" | sed -n "s|^[^ ]*: \([^ ]*\): version .\(.*\)' not found (required by \(.*\))|$file	version	\1	\2	\3|p"
		;;
	*)
		[ "$status" != 0 ] || continue
		if [ "$status" = 124 ]; then
			printf '%s\tother\tthe loader gave no answer for 20 seconds\n' "$file"
			continue
		fi
		# A static program needs no loader: --verify ends with 1 for it.
		verified=0
		$limit chroot "$target" "/$loader" --verify "/$file" >/dev/null 2>&1 || verified=$?
		[ "$verified" = 1 ] || printf '%s\tother\tthe loader ended with status %s\n' "$file" "$status"
		;;
	esac
done
