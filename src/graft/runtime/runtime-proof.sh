#!/bin/sh
# Proves that a runtime that came along starts in the base's own root: runtime-proof.sh --runtime node WORD. Runs after runtime.sh in the same stage,
# without network. First every program and library loads (proof.sh), then the runtime is asked for its version.
set -eu
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cannot-run.sh"
. "$lib/runtime-words.sh"
readRuntime "$@"
sh "$lib/proof.sh" --line DHI-RUNTIME "$word"
case $runtime in
node) asks='node --version,npm --version' ;;
python) asks='python3 --version' ;;
java) asks='java -version' ;;
jdk) asks='java -version,javac -version' ;;
dotnet) asks='dotnet --list-runtimes' ;;
go) asks='go version' ;;
*) asks='ruby --version' ;;
esac
# What the word asks for must be what the donor has: --from may name any image.
version=''
[ "$word" = "${word#*:}" ] || version=$(printf %s "${word#*:}" | sed 's/[.]/[.]/g')
isVersion() {
	[ -z "$version" ] || [ "$1" = npm ] || printf '%s\n' "$2" | grep -Eq "(^|[^0-9.])$version([^0-9]|\$)" ||
		fail "DHI-RUNTIME $word: the donor has another version; $1 says: $(printf '%s\n' "$2" | head -n 1)" \
			'write the version that it has, or name another donor with --from'
}
chroot=$(command -v chroot)
# Where the links of a command lead. Without /proc the loader takes $ORIGIN from LD_ORIGIN_PATH (glibc, elf/dl-origin.c).
pathOf() {
	awk -F '\t' -v name="$1" '$1 == name { print "/" $3; exit }' "$work/proof/commands"
}
# What the runtime starts other programs by.
folders=$(cut -f 2 "$work/proof/commands" | sed 's|^|/|; s|/[^/]*$||' | sort -u | tr '\n' ':')
mkdir -p "$target/proc" "$target/dev" "$target/tmp"
printf '%s\n' "$asks" | tr , '\n' | while read -r name flag; do
	program=$(pathOf "$name")
	[ -n "$program" ] || continue
	status=0
	answer=$(timeout 60 env -i "PATH=$folders/usr/local/bin:/usr/bin:/bin" HOME=/tmp LC_ALL=C "LD_ORIGIN_PATH=${program%/*}" "$chroot" "$target" "$program" "$flag" 2>&1) || status=$?
	case $status:$answer in
	0:*)
		isVersion "$name" "$answer"
		printf 'dhi: %s %s says: %s\n' "$name" "$flag" "$(printf '%s\n' "$answer" | head -n 1)"
		;;
	*:*chroot:*'Exec format error'*) printf 'dhi: note: %s %s did not run: %s\n' "$name" "$flag" "$(cannotRun "$answer")" ;;
	*:*'No such file or directory'*)
		file=$target/$(awk -F '\t' -v name="$name" '$1 == name { print $3; exit }' "$work/proof/commands")
		head -c 2 "$file" 2>/dev/null | grep -q '^#!' || fail "DHI-RUNTIME $word: $name does not start in the base: $answer"
		printf 'dhi: note: %s is a script, and its interpreter is not in the base: %s\n' "$program" "$(head -n 1 "$file")"
		;;
	*) fail "DHI-RUNTIME $word: $name $flag ended with status $status in the base: $answer" ;;
	esac
done
