# What files are by their first bytes: headers.sh <list of paths in the stage. Prints for each ELF file: path, elf, class and byte order and
# machine, kind (2 program at a fixed place, 3 program or library), loader that it asks for, whether it takes part in dynamic linking;
# for each script: path, script, the line after #!. Reads base.list for the sizes: a file with fewer bytes than are read of each has to stand alone.
set -eu
lib=${0%/*}
. "$lib/places.sh"
list=$work/headers
tab=$(printf '\t')
# The paths of a list, by size: FILE gets those of at least that many bytes, FILE.short the others.
bySize() {
	awk -F '\t' -v least="$1" -v file="$2" '
	BEGIN { printf "" > file; printf "" > (file ".short") }
	NR == FNR { if (NF == 8) { sub(/.*:/, "", $5); size[$7] = $5 + 0 } next }
	{ print > (size[$0] >= least ? file : file ".short") }' "$work/base.list" -
}
# A line for each file of a list: its first bytes.
firstBytes() {
	tr '\n' '\0' <"$1" | xargs -0 -r head -q -c "$2" -- | od -An -v "-t$3" "-w$2"
}
bySize 4 "$list.list"
cd "$target"
firstBytes "$list.list" 4 x1 | paste - "$list.list" >"$list.magic"
sed -n "s/^ 7f 45 4c 46$tab//p" "$list.magic" | bySize 1280 "$list.elf"
{
	firstBytes "$list.elf" 1280 u1 | paste "$list.elf" -
	while IFS= read -r path; do
		printf '%s\t%s\n' "$path" "$(od -An -v -tu1 -w1280 "$path")"
	done <"$list.elf.short"
} | awk -v pass=0 -f "$lib/elf.awk"
sed -n "s/^ 23 21 .. ..$tab//p" "$list.magic" | awk '{
	path = $0
	if ((getline line < path) <= 0) next
	close(path)
	gsub(/\t/, " ", line)
	sub(/^#![ ]*/, "", line)
	print path "\tscript\t" substr(line, 1, 256)
}'
