#!/bin/sh
# DHI-VERIFY: whether a finished stage can start. verify.sh [FLAG VALUE]... [--] PATH...
# Runs behind the stage, without network. The stage is mounted at /target (writable, and thrown away afterwards), its external base at /base.
# Only what the stage adds to that base is looked at, or with PATHs all that is below them. Characters of values other than letters, digits and
# _ . / : @ + = , - come as % and three octal digits. Flags, all optional: --user, --workdir, --path, --library-path as the image has them;
# --entrypoint or --cmd, the program that it starts; --shell-form yes, when that program is a shell which runs the line; --without, a glob of
# files that are not looked at.
set -eu
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/cannot-run.sh"
tab=$(printf '\t')
# Some releases have no table of libraries.
[ -f "$sonames" ] || sonames=/dev/null
rm -rf "$work"
mkdir -p "$work"
cd "$work"
for file in given added begin troubles libraries facts search base.packages asked needs owned; do : >"$file"; done

# Values are lines of a table: what would break it cannot be the name of a file that anybody starts.
decoded() {
	printf '%b' "$(printf %s "$1" | sed 's/%\([0-7][0-7][0-7]\)/\\0\1/g')" | tr '\t\n' '  '
}
while [ $# -gt 0 ]; do
	case $1 in
	--)
		shift
		break
		;;
	--user | --workdir | --path | --library-path | --entrypoint | --cmd | --shell-form | --without)
		[ $# -gt 1 ] || fail "verify.sh: $1 needs a value"
		printf '%s\t%s\n' "${1#--}" "$(decoded "$2")" >>given
		;;
	-*) fail "verify.sh: unknown flag $1" ;;
	*) break ;;
	esac
	shift 2
done
# The search path of an image that names none (BuildKit util/system/path.go).
printf 'path\t%s\n' /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin >>given
for path in "$@"; do printf 'below\t%s\n' "$(decoded "$path")" >>given; done

# What the stage is, what it adds to its base, and what it starts with.
sh "$lib/list.sh" "$base" >before.list
sh "$lib/list.sh" "$target" >base.list
awk -F '\t' -f "$lib/paths.awk" -f "$lib/facts.awk" -v facts=facts -v searchFile=search -v packagesFile=base.packages kind=base base.list
awk -F '\t' -f "$lib/globs.awk" -f "$lib/added.awk" -f "$lib/paths.awk" -f "$lib/begin.awk" \
	kind=given given kind=before before.list kind=base base.list | sort -o added

# What each file is by its first bytes, and whether the processor and the C library are its own.
fact() { sed -n "s/^$1$tab//p" facts | sort | head -n 1; }
loader=$(fact loader)
libc=$(fact libc)
[ -n "$loader" ] || loader=$(fact musl)
{
	cat added
	cut -f 1 begin
	[ -z "$loader" ] || echo "$loader"
} | sort -u | sh "$lib/headers.sh" >headers
awk -F '\t' -v loader="$loader" -v architecture="${TARGETARCH-}" -f "$lib/paths.awk" -f "$lib/foreign.awk" -f "$lib/kinds.awk" \
	kind=given given kind=base base.list kind=added added kind=begin begin kind=headers headers >asked

# Whether they find their libraries.
way='nothing there needs libraries'
if [ -s asked ] && [ -n "$loader" ]; then
	path=$(sed -n "s/^library-path$tab//p" given | head -n 1)
	{
		printf '%s\n' "$path" | tr ':' '\n' | sed 's|^/*||; /^$/d'
		cat search
	} >search.all
	status=0
	answer=$(timeout 20 chroot "$target" "/$loader" --list "/${libc:-$loader}" 2>&1) || status=$?
	case $status:$answer in
	*:chroot:\ * | *'Exec format error'*)
		# The processor here cannot run the code, or the builder may not chroot.
		way="by name (the stage's code cannot run here: $(cannotRun "$answer"))"
		(cd "$target" && sh "$lib/elf.sh") <asked >needs
		sh "$lib/by-name.sh" "$work/search.all" "$work/base.list" <asked >>troubles
		;;
	*)
		way="with the stage's own loader /$loader"
		case $loader in
		*ld-musl-*) ask="ask-musl.sh" ;;
		*) ask="ask-loader.sh" ;;
		esac
		# The builder's own variables, LD_LIBRARY_PATH above all, are not the stage's.
		tr '\n' '\0' <asked |
			env -i "PATH=$PATH" LC_ALL=C searched="$path" xargs -0 -r -P "$(nproc)" -n 32 sh "$lib/$ask" "$loader" >answers
		cat answers >>troubles
		# The loader stops at the first library that it misses.
		awk -F '\t' '$2 == "missing" && !seen[$1]++ { print $1 }' answers >stopped
		if [ -s stopped ]; then
			(cd "$target" && sh "$lib/elf.sh") <stopped >needs
			only=missing sh "$lib/by-name.sh" "$work/search.all" "$work/base.list" <stopped >>troubles
		fi
		;;
	esac
fi

sort -u troubles >troubles.sorted
if [ -s troubles ]; then sh "$lib/owned.sh" >owned; fi
awk -F '\t' -v way="$way" -v count="$(wc -l <asked)" -v target="$target" \
	-f "$lib/globs.awk" -f "$lib/foreign.awk" -f "$lib/holder.awk" -f "$lib/judge.awk" \
	kind=table "$lib/do-without.txt" kind=known "$sonames" kind=facts facts kind=given given kind=search search \
	kind=headers headers kind=begin begin kind=libraries libraries kind=needs needs kind=owned owned kind=troubles troubles.sorted
# What stands before the stage's last step: an empty folder, so that the step waits for all this and adds nothing.
cd /
rm -rf "$work"
mkdir -p "$empty"
