# Asks the base's musl, inside the base's root, what each file needs: ask-musl.sh LOADER FILE...
# `searched` in the environment is the image's LD_LIBRARY_PATH, if it has one.
# Prints a line for each thing that is wrong: file, missing|other, library or text.
# musl's ldso/dynlink.c, --list: 0 all is there; 127 a library or a symbol is missing, each on a line of its own on stderr, and a missing library
# gives lines of missing symbols too; 1 it is a static program or no program at all. Symbols are looked up as well, functions too, and a plugin may
# take them from the program that loads it: so they count for programs only.
set -u
lib=${0%/*}
. "$lib/places.sh"
loader=$1
shift
for file in "$@"; do
	status=0
	answer=$(timeout 20 chroot "$target" "/$loader" ${searched:+--library-path "$searched"} --list "/$file" 2>&1 >/dev/null) || status=$?
	case $status:$answer in
	0:* | 1:*'Not a valid dynamic program'*) continue ;;
	*'Error loading shared library '*)
		printf '%s\n' "$answer" | while IFS= read -r line; do
			case $line in
			'Error loading shared library '*': No such file or directory'*)
				line=${line#Error loading shared library }
				printf '%s\tmissing\t%s\n' "$file" "${line%%: No such file or directory*}"
				;;
			'Error loading shared library '*) printf '%s\tother\t%s\n' "$file" "${line#Error loading shared library }" ;;
			esac
		done
		;;
	*'Error relocating '*)
		case $file in
		*.so | *.so.*) continue ;;
		esac
		# One line for a program, whatever the number of symbols.
		printf '%s\n' "$answer" | sed -n "s|^Error relocating [^ ]*: \(.*\)|$file	other	\1|p" | head -n 1
		;;
	124:*) printf '%s\tother\tthe loader gave no answer for 20 seconds\n' "$file" ;;
	*) printf '%s\tother\tthe loader ended with status %s: %s\n' "$file" "$status" "$(printf %s "$answer" | head -n 1)" ;;
	esac
done
