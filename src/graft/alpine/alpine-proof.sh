#!/bin/sh
# Proves that all that came along loads inside the base's own root with the base's own musl: alpine-proof.sh [--line DHI-NATIVE WORD...]...
# Runs after alpine.sh in the same stage, without network. The base is mounted at /target, writable and thrown away afterwards; the
# results of ancestors are at /have/<n> again. A missing library ends the build.
set -eu
export LC_ALL=C QUOTING_STYLE=literal
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cannot-run.sh"
work=$work/proof
asked=$(cat "$work/asked")
tab=$(printf '\t')
loader=$(sed -n "s/^loader$tab//p" "$work/facts")

# The first 20 bytes of an ELF file tell its class, byte order, kind and machine (System V ABI). Only executables and shared objects of the
# loader's own class and machine can be asked about; firmware and code for other processors are data here.
identify() {
	tr '\n' '\0' | xargs -0 -r head -q -c 20 -- | od -An -v -tx1 -w20
}
(cd "$out" && find . -type f -size +19c | sed 's|^\./||' | sort) >"$work/files"
(cd "$out" && identify <"$work/files") | paste - "$work/files" | grep '^ 7f 45 4c 46' >"$work/elf" || :
[ -s "$work/elf" ] || {
	echo 'dhi: nothing to prove: no file of this graft is a program or a library'
	exit 0
}
printf '%s\n' "$target/$loader" | identify >"$work/loader"
awk -F '\t' 'NR == FNR { split($1, own, " "); next }
	{ split($1, byte, " "); kind = byte[6] == "01" ? byte[17] : byte[18] }
	byte[5] == own[5] && byte[6] == own[6] && byte[19] == own[19] && byte[20] == own[20] && (kind == "02" || kind == "03") { print $2 }' \
	"$work/loader" "$work/elf" >"$work/asked.files"
[ -s "$work/asked.files" ] || fail "$asked: the packages are for another processor than the base's loader /$loader" \
	'the platform of the build is not that of the base image'

for folder in "$have"/* "$out"; do
	[ ! -d "$folder" ] || cp -a "$folder/." "$target/"
done

# Without a file to load, musl's loader says what it is.
status=0
answer=$(timeout 20 chroot "$target" "/$loader" 2>&1) || status=$?
case $answer in
'musl libc'*)
	way="with the base's own loader /$loader"
	# The builder's own variables, LD_LIBRARY_PATH above all, are not the base's.
	tr '\n' '\0' <"$work/asked.files" | env -i "PATH=$PATH" LC_ALL=C xargs -0 -r -n 64 sh "$lib/ask-musl.sh" "$loader" >"$work/trouble"
	;;
chroot:\ * | *:\ chroot:\ * | *'Exec format error'*)
	# The processor here cannot run the code, or the builder may not chroot.
	way="by name (the target's code cannot run here: $(cannotRun "$answer")), against what the base and the graft have"
	(cd "$out" && sh "$lib/elf.sh") <"$work/asked.files" >"$work/needs"
	for folder in "$have"/* "$out"; do
		[ ! -d "$folder" ] || sh "$lib/apk-list.sh" "$folder"
	done | awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $4, $5, $7, $8, $9 }' >"$work/new.list"
	awk -F '\t' -f "$lib/paths.awk" -f "$lib/by-name.awk" kind=base "$work/base.list" kind=base "$work/new.list" \
		kind=search "$work/search" kind=needs "$work/needs" >"$work/trouble"
	;;
*) fail "$asked: the base's own loader /$loader does not run (status $status): ${answer##*: }" ;;
esac

[ ! -s "$work/trouble" ] || {
	(cd "$target" && find . -name '*.so*' ! -type d) | sed 's|^\./||' >"$work/libraries"
	awk -F '\t' -v directive="$(head -n 1 "$work/asked" | cut -d ' ' -f 1)" -v asked="$(cut -d ' ' -f 2- "$work/asked")" -f "$lib/holder.awk" -f "$lib/explain.awk" \
		kind=sonames "$work/sonames" kind=search "$work/search" kind=closure "$work/closure" kind=libraries "$work/libraries" kind=trouble "$work/trouble"
}
count=$(wc -l <"$work/asked.files")
what='programs and libraries load'
[ "$count" != 1 ] || what='program or library loads'
printf 'dhi: proven: %d %s %s\n' "$count" "$what" "$way"
