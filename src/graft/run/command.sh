# Runs the command of a DHI-RUN line inside the stage: command.sh -c TEXT, exec WORD..., or script TEXT (a heredoc that names its interpreter).
# The lent programs are mounted at /dev/.dhi, behind those that the stage has.
PATH=$PATH:/dev/.dhi
export PATH

# Runs a script by its own first line. A shell of the line that the stage does not have is the lent one.
script() {
	read -r line <<END
$1
END
	set -f
	# shellcheck disable=SC2086 # the interpreter and its one argument
	set -- "$1" ${line#"#!"}
	file=/dev/shm/.dhi-script.$$
	printf '%s' "$1" >"$file"
	shift
	interpreter=$1
	shift
	if [ ! -e "$interpreter" ]; then
		case ${interpreter##*/} in
		sh | ash | dash | bash) interpreter=/dev/.dhi/sh ;;
		env) interpreter=/dev/.dhi/env ;;
		esac
	fi
	"$interpreter" "$@" "$file"
	result=$?
	rm -f "$file"
	return "$result"
}

kind=$1
shift
case $kind in
-c) /dev/.dhi/sh -c "$1" ;;
exec) "$@" ;;
script) script "$1" ;;
esac
status=$?
if [ "$status" = 127 ]; then
	{
		echo 'dhi: DHI-RUN: a program, or the interpreter that a script names, is not there'
		echo "dhi: in reach are those of the stage in $PATH, and these, which are lent:"
		for program in /dev/.dhi/*; do printf '%s ' "${program##*/}"; done | fold -s -w 160 | sed 's/^/dhi:   /'
		echo
		echo 'dhi: add others with DHI-TOOL <package> above this line; /bin/sh is not in the stage, so scripts are run as: sh <script>'
	} >&2
fi
exit "$status"
