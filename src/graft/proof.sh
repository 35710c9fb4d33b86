#!/bin/sh
# Proves that all that came along loads inside the base's own root with the base's own loader: proof.sh --line DHI-NATIVE WORD... [--line ...]... (lines.sh)
# Runs after debian.sh in the same stage, without network. The base is mounted at /target, writable and thrown away afterwards; the
# results of ancestors are at /have/<n> again. A missing library or symbol version ends the build.
set -eu
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cannot-run.sh"
. "$lib/lines.sh"
work=$work/proof
readLines "$@"
tab=$(printf '\t')
libc='' loader=''
while IFS=$tab read -r name value; do
	case $name in
	libc) libc=$value ;;
	loader) loader=$value ;;
	esac
done <"$work/facts"

# The first 20 bytes of an ELF file tell its class, byte order, kind and machine (System V ABI). Only executables and shared objects of the
# loader's own class and machine can be asked about; firmware and code for other processors are data here.
identify() {
	xargs -r -d '\n' head -q -c 20 -- | od -An -v -tx1 -w20
}
(cd "$out" && find . -type f -size +19c -printf '%P\n' | sort) >"$work/files"
(cd "$out" && identify <"$work/files") | paste - "$work/files" | grep '^ 7f 45 4c 46' >"$work/elf" || :
[ -s "$work/elf" ] || {
	echo 'dhi: nothing to prove: no file of this graft is a program or a library'
	exit 0
}
if [ -z "$libc" ] || [ -z "$loader" ]; then
	fail "$directive $asked: the base has no C library or no loader, so these libraries cannot be loaded there" \
		'use a base with glibc: dhi.io/static:<date>-glibc instead of dhi.io/static:<date>, or an image of your language'
fi
printf '%s\n' "$target/$loader" | identify >"$work/loader"
awk -F '\t' 'NR == FNR { split($1, own, " "); next }
	{ split($1, byte, " "); kind = byte[6] == "01" ? byte[17] : byte[18] }
	byte[5] == own[5] && byte[6] == own[6] && byte[19] == own[19] && byte[20] == own[20] && (kind == "02" || kind == "03") { print $2 }' \
	"$work/loader" "$work/elf" >"$work/asked"

[ -s "$work/asked" ] || fail "$directive $asked: the packages are for another processor than the base's loader /$loader" \
	'the platform of the build is not that of the base image'

for folder in "$have"/*; do
	[ ! -d "$folder" ] || cp -a "$folder/." "$target/"
done
# Data has no part in the loader's answers. What has one: ELF files, what is called like a library or a file of the loader's own, links, folders.
# A runtime is started after this, and needs all.
case $directive:$(wc -l <"$work/files") in
*:? | *:?? | *:1?? | DHI-RUNTIME:*) cp -a "$out/." "$target/" ;;
*)
	(cd "$out" && find . -mindepth 1 -type d -printf '%P\n') | (cd "$target" && xargs -r -d '\n' mkdir -p --)
	(cd "$out" && find . '(' -type l -o -name '*.so*' ! -type d ')' -printf '%P\n') >"$work/loadable"
	cut -f 2 "$work/elf" | sort -u - "$work/loadable" | (cd "$out" && xargs -r -d '\n' cp -a --parents -t "$target" --)
	;;
esac

status=0
answer=$(timeout 20 chroot "$target" "/$loader" --list "/$libc" 2>&1) || status=$?
case $status:$answer in
0:*)
	way="with the base's own loader /$loader"
	# The builder's own variables, LD_LIBRARY_PATH above all, are not the base's.
	env -i "PATH=$PATH" LC_ALL=C xargs -r -d '\n' -P "$(nproc)" -n 32 sh "$lib/ask-loader.sh" "$loader" <"$work/asked" >"$work/trouble"
	;;
*:chroot:\ *)
	# The processor here cannot run the code, or the builder may not chroot.
	way="by name (the target's code cannot run here: $(cannotRun "$answer")), against what the base and the graft have"
	find "$have"/* "$out" -mindepth 1 -printf '%y\t%m\t%U\t%G\t%T@\t%H\t%P\t%l\n' >"$work/new.list" 2>/dev/null || :
	sh "$lib/by-name.sh" "$work/search" "$work/base.list" "$work/new.list" <"$work/asked" >"$work/trouble"
	;;
*) fail "$directive $asked: the base's own loader /$loader cannot load the base's own C library /$libc: ${answer##*: }" ;;
esac

[ ! -s "$work/trouble" ] || {
	# The loader was asked about many files at a time.
	sort -o "$work/trouble" "$work/trouble"
	# Some releases have no table of libraries.
	[ -f "$sonames" ] || sonames=/dev/null
	find "$target" -name '*.so*' ! -type d -printf '%P\n' >"$work/libraries"
	awk -F '\t' -v directive="$directive" -v asked="$asked" -f "$lib/holder.awk" -f "$lib/explain.awk" \
		kind=names "$work/names" kind=known "$sonames" kind=search "$work/search" kind=closure "$work/closure" kind=libraries "$work/libraries" kind=trouble "$work/trouble"
}
count=$(wc -l <"$work/asked")
what='programs and libraries load'
[ "$count" != 1 ] || what='program or library loads'
printf 'dhi: proven: %d %s %s\n' "$count" "$what" "$way"
