# The libraries that the runtime needs and the base lacks, from the donor, by its records: libraries.sh WORD RUNTIME. Again and again, because libraries need
# libraries. What neither the base nor the donor has is left to the proof. Data that it reads and the base lacks comes in the same way.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
word=$1 runtime=$2
. "$lib/known.sh"
awk -F '\t' -v data="$data" -f "$lib/paths.awk" -f "$lib/data.awk" kind=have "$work/base.list" kind=owners "$work/donor/owners" kind=base "$work/donor/list" |
	sort -u >"$work/donor/more"
[ ! -s "$work/donor/more" ] || {
	sh "$lib/carry.sh" 2 <"$work/donor/more"
	cat "$work/donor/more" >>"$work/donor/files"
}
: >"$work/donor/seen"
cp "$work/donor/files" "$work/donor/new"
: >"$work/donor/needs"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
	cut -f 2 "$work/donor/new" | (cd "$donor" && while read -r file; do [ -L "$file" ] || [ ! -s "$file" ] || printf '%s\n' "$file"; done) >"$work/donor/plain"
	(cd "$donor" && xargs -r -d '\n' grep -lam 1 "^$(printf '\177')ELF" -- <"$work/donor/plain") >"$work/donor/elf" || :
	(cd "$donor" && sh "$lib/elf.sh") <"$work/donor/elf" >>"$work/donor/needs"
	awk -F '\t' -v named="$loads" -f "$lib/paths.awk" -f "$lib/libraries.awk" kind=target "$work/search" kind=have "$work/base.list" \
		kind=files "$work/donor/files" kind=search "$work/donor/search" kind=owners "$work/donor/owners" kind=base "$work/donor/list" kind=needs "$work/donor/needs" |
		sort -u >"$work/donor/more"
	[ -s "$work/donor/more" ] || break
	sh "$lib/carry.sh" 2 <"$work/donor/more"
	cp "$work/donor/more" "$work/donor/new"
	cat "$work/donor/more" >>"$work/donor/files"
done
