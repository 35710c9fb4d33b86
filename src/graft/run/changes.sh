#!/bin/sh
# What a command of DHI-RUN has changed: changes.sh. The stage before it is at /before, after it at /after, the external base at /base.
# Writes /out, which is copied over the stage. Needs no more than busybox has.
set -eu
umask 022
export LC_ALL=C TZ=UTC
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
fixed=@946684800 # 2000-01-01: what the command made in this build must not tell when that was
rm -rf "$work" "$out"
mkdir -p "$work" "$out"

# Mode, owner, group, size, times of content and of state, name. /dev, /proc and /sys are the builder's while a command runs.
list() {
	(cd "$1" && find . -xdev \( -path ./dev -o -path ./proc -o -path ./sys \) -prune -o ! -path . -exec stat -c '%f|%u|%g|%s|%y|%z|%n' {} +)
}
list "$before" >"$work/before"
list "$after" >"$work/after"
if grep -qvE '^[0-9a-f]+\|[0-9]+\|[0-9]+\|[0-9]+\|[^|]*\|[^|]*\|\./' "$work/before" "$work/after"; then
	fail 'DHI-RUN: a file name with a line break is in the stage; write DHI-RUN --in-place, which looks at no names'
fi
awk -F '|' -v prefix="$work/" -f "$lib/changes.awk" kind=before "$work/before" kind=after "$work/after"

complain() {
	# shellcheck disable=SC2016 # sed reads $
	sed -n '1,10s|^\.\(.*\)|dhi:   \1|p;11{s/.*/dhi:   .../p;}' "$work/$1" >&2
}
if [ -s "$work/deleted" ]; then
	echo 'dhi: DHI-RUN: the command deleted what the stage had before:' >&2
	complain deleted
	fail 'a COPY, which brings what a command changed, cannot delete' \
		'write DHI-RUN --in-place, which runs the command in the stage itself, or do not bring these files into the stage'
fi
if [ -s "$work/retyped" ]; then
	echo 'dhi: DHI-RUN: the command put a folder in the place of a file or link of the stage, or the reverse:' >&2
	complain retyped
	fail 'a COPY, which brings what a command changed, cannot do that' \
		'write DHI-RUN --in-place, which runs the command in the stage itself'
fi

# Where the two trees do not share their files, every file has another time of state: those that are the same in all else stay out.
while IFS= read -r path; do
	if [ -L "$after/$path" ]; then
		[ "$(readlink "$after/$path")" != "$(readlink "$before/$path")" ] || continue
	elif [ -f "$after/$path" ]; then
		! cmp -s "$after/$path" "$before/$path" || continue
	fi
	printf '%s\n' "$path"
done <"$work/doubtful" >>"$work/files"

# Folders with the changes in them, outermost first; a folder of the stage stays as it is.
awk -v folders="$work/folders.changed" -f "$lib/parents.awk" "$work/folders.changed" "$work/files" | sort -u >"$work/folders"
while IFS= read -r path; do
	mkdir "$out/$path"
	# shellcheck disable=SC2046 # two numbers
	set -- $(stat -c '%u:%g %a' "$after/$path")
	chown "$1" "$out/$path"
	chmod "$2" "$out/$path"
done <"$work/folders"
# GNU's tar knows extended attributes, and takes a backslash in a list for the beginning of a character's code. A busybox may be made without lists.
copyFiles() {
	tar --help >"$work/help" 2>&1 || :
	if ! grep -q -- '-T' "$work/help"; then
		while IFS= read -r path; do cp -a "$after/$path" "$out/$path"; done <"$work/files"
		return
	fi
	xattrs='' plain=''
	! grep -q -- --xattrs-include "$work/help" || xattrs='--xattrs --xattrs-include=*'
	! grep -q -- --no-unquote "$work/help" || plain='--no-unquote --verbatim-files-from'
	set -f
	# shellcheck disable=SC2086 # options
	{ tar -c $xattrs -f - -C "$after" $plain -T "$work/files" || : >"$work/failed"; } | tar -x -p $xattrs -f - -C "$out"
	[ ! -e "$work/failed" ]
}
[ ! -s "$work/files" ] || copyFiles

# Files that the command made or wrote bear a fixed time; what has another time (of an archive) keeps it.
newest=$(cut -d '|' -f 6 "$work/before" | sort | tail -n 1)
awk -F '|' -v newest="$newest" -f "$lib/written.awk" "$work/files" "$work/after" | while IFS= read -r path; do
	touch -h -d "$fixed" "$out/$path"
done
while IFS= read -r path; do
	if [ -d "$base/$path" ] && [ ! -L "$base/$path" ]; then touch -r "$base/$path" "$out/$path"; else touch -d "$fixed" "$out/$path"; fi
done <"$work/folders"
touch -d "$fixed" "$out"

count() {
	grep -c . "$work/$1" || :
}
printf 'dhi: DHI-RUN: %s files and links, %s folders made or changed%s\n' "$(count files)" "$(count folders.changed)" \
	"$(sort -u "$work/files" "$work/folders.changed" | sed -n '1,8s|^\.|: |p;9{s/.*/, .../p;}' | awk -v ORS='' '{ sub(/^: /, NR == 1 ? ": " : ", "); print }')"
rm -rf "$work"
