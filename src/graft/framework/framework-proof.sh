#!/bin/sh
# Proves that the base's host finds the framework: framework-proof.sh --framework Microsoft.AspNetCore.App WORD. Runs after framework.sh in the same stage,
# without network. What of it is native code loads (proof.sh), and `dotnet --list-runtimes` names it.
set -eu
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cannot-run.sh"
. "$lib/framework-words.sh"
readFramework "$@"
sh "$lib/proof.sh" --line DHI-FRAMEWORK "$word"
IFS="$(printf '\t')" read -r root chosen _ <"$work/proof/chosen"
for folder in "$have"/* "$out"; do
	[ ! -d "$folder" ] || cp -a "$folder/." "$target/"
done
status=0
chroot=$(command -v chroot)
answer=$(timeout 60 env -i "PATH=/usr/bin:/bin" HOME=/tmp LC_ALL=C DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$chroot" "$target" "/$root/dotnet" --list-runtimes 2>&1) || status=$?
case $status:$answer in
0:*"$framework $chosen "*) printf 'dhi: proven: the host of the base, /%s/dotnet, lists %s %s\n' "$root" "$framework" "$chosen" ;;
0:*) fail "DHI-FRAMEWORK $word: the host of the base, /$root/dotnet, does not list $framework $chosen; it says: $answer" ;;
*chroot:*) printf 'dhi: note: the host of the base did not run: %s\n' "$(cannotRun "$answer")" ;;
*) fail "DHI-FRAMEWORK $word: the host of the base, /$root/dotnet, ended with status $status: $answer" ;;
esac
