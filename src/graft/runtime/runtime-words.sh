# The command line of a step of DHI-RUNTIME: [--release 13] --runtime node [--path /opt/x/bin:/usr/bin] WORD. Sourced by the entries, which call
# `readRuntime "$@"`. It sets expected, runtime, path, word (the directive's word, for messages and records), directive and asked.
# shellcheck shell=sh disable=SC2034 # the names are shared with the entries
readRuntime() {
	expected='' runtime='' path='' word='' directive=DHI-RUNTIME
	while [ $# -gt 0 ]; do
		case $1 in
		--release | --runtime | --path)
			[ $# -gt 1 ] || fail "DHI-RUNTIME: $1 needs a value"
			case $1 in
			--release) expected=$2 ;;
			--runtime) runtime=$2 ;;
			--path) path=$2 ;;
			esac
			shift
			;;
		*) word=$1 ;;
		esac
		shift
	done
	case $word in
	'' | *[!A-Za-z0-9.:_+-]*) fail "DHI-RUNTIME: '$word' is no runtime with a version" ;;
	esac
	asked=$word
}
