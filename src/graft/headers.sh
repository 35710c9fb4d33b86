# What files are by their first bytes: headers.sh <list of paths in the stage. Prints for each ELF file: path, elf, class and byte order and
# machine, kind (2 program at a fixed place, 3 program or library), loader that it asks for, whether it takes part in dynamic linking;
# for each script: path, script, the line after #!.
set -eu
lib=${0%/*}
. "$lib/places.sh"
list=$work/headers.list
magic=$work/headers.magic
cat >"$list"
cd "$target"
tr '\n' '\0' <"$list" | xargs -0 -r head -q -c 4 -- | od -An -v -tx1 -w4 >"$magic.bytes"
paste "$magic.bytes" "$list" >"$magic"
tab=$(printf '\t')
sed -n "s/^ 7f 45 4c 46$tab//p" "$magic" |
	sed "s/'/'\\\\''/g; s/.*/printf 'file\\\\t%s\\\\t\\\\n' '&'; od -An -v -tu1 -N 1280 '&'/" | sh | awk -v pass=0 -f "$lib/elf.awk"
sed -n "s/^ 23 21 .. ..$tab//p" "$magic" | awk '{
	path = $0
	if ((getline line < path) <= 0) next
	close(path)
	gsub(/\t/, " ", line)
	sub(/^#![ ]*/, "", line)
	print path "\tscript\t" substr(line, 1, 256)
}'
