# The command line of a step of DHI-FRAMEWORK: [--release 13] --framework Microsoft.AspNetCore.App [--version 10.0] WORD. Sourced by the entries, which
# call `readFramework "$@"`. It sets expected, framework, version, word (the directive's word, for messages and records), directive and asked.
# shellcheck shell=sh disable=SC2034 # the names are shared with the entries
readFramework() {
	expected='' framework='' version='' word='' directive=DHI-FRAMEWORK
	while [ $# -gt 0 ]; do
		case $1 in
		--release | --framework | --version)
			[ $# -gt 1 ] || fail "DHI-FRAMEWORK: $1 needs a value"
			case $1 in
			--release) expected=$2 ;;
			--framework) framework=$2 ;;
			--version) version=$2 ;;
			esac
			shift
			;;
		*) word=$1 ;;
		esac
		shift
	done
	case $framework$version$word in
	'' | *[!A-Za-z0-9.:]*) fail "DHI-FRAMEWORK: '$word' is no shared framework with a version" ;;
	esac
	asked=$word
}
