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
. "$lib/known.sh"
# What the word asks for must be what the donor has: --from may name any image. The version is the first number of a line; Java 8 calls itself 1.8.
version='' old=''
case $runtime in java | jdk) old='(1[.])?' ;; esac
[ "$word" = "${word#*:}" ] || version=$(printf %s "${word#*:}" | sed 's/[.]/[.]/g')
isVersion() {
	printf '%s\n' "$2" | grep -Eq "^[^0-9]*$old$version([^0-9]|\$)" ||
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
mkdir -p "$target/proc/self" "$target/dev" "$target/tmp"
printf '%s\n' "$asks" | tr , '\n' | while read -r name flags; do
	program=$(pathOf "$name")
	[ -n "$program" ] || continue
	# The one thing of /proc that runtimes ask for: where they are (Go finds its own folder in no other way).
	rm -f "$target/proc/self/exe"
	! head -c 4 "$target$program" | grep -q ELF || ln -s "$program" "$target/proc/self/exe"
	status=0
	# shellcheck disable=SC2086 # words
	answer=$(timeout 60 env -i "PATH=$folders/usr/local/bin:/usr/bin:/bin" HOME=/tmp LC_ALL=C "LD_ORIGIN_PATH=${program%/*}" $with "$chroot" "$target" "$program" $flags 2>&1) || status=$?
	case $status:$answer in
	0:*)
		[ -z "$version" ] || isVersion "$name" "$answer"
		version=''
		printf 'dhi: %s %s says: %s\n' "$name" "$flags" "$(printf '%s\n' "$answer" | head -n 1)"
		;;
	*:*chroot:*'Exec format error'*) printf 'dhi: note: %s %s did not run: %s\n' "$name" "$flags" "$(cannotRun "$answer")" ;;
	*:*': error while loading shared libraries: '*': cannot open'*)
		library=${answer#*loading shared libraries: }
		fail "DHI-RUNTIME $word: $program needs ${library%%:*}, which neither the base nor the donor has" 'name a donor that has it with --from'
		;;
	*:*'No such file or directory'*)
		file=$target/$(awk -F '\t' -v name="$name" '$1 == name { print $3; exit }' "$work/proof/commands")
		head -c 2 "$file" 2>/dev/null | grep -q '^#!' || fail "DHI-RUNTIME $word: $name does not start in the base: $answer"
		printf 'dhi: note: %s is a script, and its interpreter is not in the base: %s\n' "$program" "$(head -n 1 "$file")"
		;;
	*) fail "DHI-RUNTIME $word: $name $flags ended with status $status in the base: $answer" ;;
	esac
done
