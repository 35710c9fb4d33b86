# What dynamic ELF files need and have: elf.sh <list of files >lines (see elf.awk). Files that are no ELF give nothing.
# No pipes between the passes: what fails in one (a full disk) would be taken for a file that needs nothing.
set -eu
lib=${0%/*}
passes=$(mktemp -d)
trap 'rm -rf "$passes"' EXIT
{
	echo 'set -e'
	sed "s/'/'\\\\''/g; s/.*/printf 'file\\\\t%s\\\\t\\\\n' '&'; od -An -v -tu1 -N 4096 '&'/"
} >"$passes/script"
for pass in 1 2 3 4; do
	sh "$passes/script" >"$passes/bytes"
	awk -v pass="$pass" -f "$lib/elf.awk" "$passes/bytes" >"$passes/script"
done
cat "$passes/script"
