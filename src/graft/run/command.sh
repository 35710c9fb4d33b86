# Runs the command of a DHI-RUN line inside the stage: command.sh -c TEXT, exec WORD..., or script TEXT (a heredoc that names its interpreter).
# The lent programs are mounted at /dev/.dhi, behind those that the stage has.
stage=$PATH
PATH=$PATH:/dev/.dhi
export PATH

# Where the stage has a program: sets `at`.
inStage() {
	at=
	IFS=:
	for folder in $stage; do
		[ -n "$at" ] || [ ! -f "$folder/$1" ] || [ ! -x "$folder/$1" ] || at=$folder/$1
	done
	unset IFS
	[ -n "$at" ]
}

# A shell of busybox may take its own programs before those of PATH (Debian's does). A function for each that the stage has, too, comes before both; what
# other shells have built in stays so.
own=
for program in /dev/.dhi/*; do
	name=${program##*/}
	case $name in [!A-Za-z_]* | *[!A-Za-z0-9_]*) continue ;; esac
	inStage "$name" || continue
	case $at:$(type "$name") in
	*"'"* | *builtin*) ;;
	*) own="$own$name() { '$at' \"\$@\"; }; " ;;
	esac
done

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
	# Behind its first line.
	text=${1#*"
"}
	shift
	interpreter=$1
	shift
	if [ ! -e "$interpreter" ]; then
		case ${interpreter##*/} in
		sh | ash | dash | bash)
			interpreter=/dev/.dhi/sh
			# In the place of the line that names the interpreter, so that the others keep their numbers.
			printf '%s\n%s' "$own" "$text" >"$file"
			;;
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
-c) /dev/.dhi/sh -c "$own$1" ;;
exec)
	! inStage "$1" || {
		shift
		set -- "$at" "$@"
	}
	"$@"
	;;
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
