# The command line of a step: what each directive line of the stage asks for, in the user's order.
#   [--release 13] [--snapshot 20260801T000000Z] --line DHI-NATIVE [--recommends] [--with GLOB]... WORD... [--line DHI-TOOL [--allow-shell] ...]...
# Sourced by the entries, which call `readLines "$@"`. It sets expected, snapshot, directive (the first line's) and asked (all words, for
# messages), and writes $work/lines: index of the line, its directive, `word` or a flag's name, the value.
# shellcheck shell=sh disable=SC2034,SC2154 # the names are shared with the entries

readLines() {
	expected='' snapshot='' directive='' current=''
	count=0
	: >"$work/lines"
	while [ $# -gt 0 ]; do
		option=$1
		case $option in
		--release | --snapshot | --line | --with | --without)
			[ $# -gt 1 ] || fail "the graft's $option needs a value"
			shift
			;;
		esac
		# Anything else would break the table, and the words of a line are looked at again where they are used.
		case $1 in
		'' | *[!!-~]*) fail "${current:-the graft}: '$1' is no word; a word has visible ASCII characters only" ;;
		esac
		case $option in
		--release) expected=$1 ;;
		--snapshot)
			case $1 in
			[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9]T[0-2][0-9][0-5][0-9][0-5][0-9]Z) snapshot=$1 ;;
			*) fail "the graft's --snapshot is a time like 20260801T000000Z, not '$1'" ;;
			esac
			;;
		--line)
			case $1 in
			DHI-NATIVE | DHI-TOOL | DHI-RUNTIME | DHI-FRAMEWORK) current=$1 ;;
			*) fail "the graft's --line is DHI-NATIVE or DHI-TOOL, not '$1'" ;;
			esac
			count=$((count + 1))
			directive=${directive:-$current}
			;;
		*)
			[ "$count" -gt 0 ] || fail "'$option' stands before the first --line"
			case $option in
			--recommends | --allow-shell) asks "$option" '' ;;
			--with | --without)
				case $1 in
				*[!]A-Za-z0-9._+/@*?[{},-]*) fail "$current $option=$1: no pattern for files; it has letters, digits and . _ + / @ - * ? [ ] { } ," ;;
				esac
				asks "$option" "$1"
				;;
			-*) fail "$current: unknown flag $option" ;;
			*) asks word "$1" ;;
			esac
			;;
		esac
		shift
	done
	asked=$(awk -F '\t' -v current="$directive" '$3 == "word" && !(($2, $4) in seen) {
		if (list != "") list = list ($2 == current ? " " : ", " $2 " ")
		else if ($2 != current) list = $2 " "
		current = $2
		list = list $4
		seen[$2, $4]
	}
	END { print list }' "$work/lines")
	[ -n "$asked" ] || fail "${directive:-the graft}: no package named"
}

asks() {
	printf '%s\t%s\t%s\t%s\n' "$count" "$current" "$1" "$2" >>"$work/lines"
}
