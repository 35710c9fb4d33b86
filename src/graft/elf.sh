# What dynamic ELF files need: elf.sh <list of files >lines of path, needed|soname|runpath, name. Files that are no ELF give nothing.
set -eu
lib=${0%/*}
sed "s/'/'\\\\''/g; s/.*/printf 'file\\\\t%s\\\\t\\\\n' '&'; od -An -v -tu1 -N 4096 '&'/" |
	sh | awk -v pass=1 -f "$lib/elf.awk" |
	sh | awk -v pass=2 -f "$lib/elf.awk" |
	sh | awk -v pass=3 -f "$lib/elf.awk"
