# Runs the programs that make files from what is installed, as `makes` says (see plan.awk), and puts the results into `fresh`.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"

# One column of `row`, which is a line of `makes`: 2 script, 3 what, 4 optional, 5 package, 6 tool, 7 its package, 8 patterns of the input,
# 9 patterns of the result, 10 packages of the input.
column() {
	printf '%s\n' "$row" | cut -f "$1"
}
# Patterns and paths of the base's architecture as they are in the root.
here() {
	sed "s|$multiarch|$own|g; s|^/||" | tr ' ' '\n' | sed 's|^/||'
}

multiarch=$(awk -F '\t' '$1 == "multiarch" { print $2 }' "$work/facts")
own=$multiarch
native=$(dpkg --print-architecture)
foreign=$(awk -F '\t' -v native="$native" '$3 != "all" && $3 != native { print $3; exit }' "$work/needed")
root=$work/root
if [ -z "$foreign" ]; then
	[ ! -d "$work/later" ] || [ -d "$work/untaken" ] || sh "$lib/untaken.sh"
	set -- "$work"/tree/*
	for folder in "$work"/untaken/*; do [ ! -d "$folder" ] || set -- "$@" "$folder"; done
	sh "$lib/root.sh" "$root" "$@" "$out"
else
	# shellcheck disable=SC2046 # package names
	sh "$lib/twin.sh" "$work/twin" "$native" $(cut -f 7,10 "$work/makes") >"$work/log" 2>&1 || {
		tail -n 20 "$work/log" >&2
		fail "what $(cut -f 5 "$work/makes" | sort -u | tr '\n' ' ')need is made with packages of the builder's architecture ($native), and they could not be had"
	}
	sh "$lib/root.sh" "$root" "$work"/twin/tree/*
	own=$(cd "$root/usr/lib" && ls -d ./*/libc.so.6)
	own=${own#./}
	own=${own%/*}
fi

make() {
	script=$(column 2)
	what=$(column 3)
	package=$(column 5)
	tool=$(column 6 | sed "s|$multiarch|$own|g")
	if [ -z "$tool" ]; then
		echo "the program that makes it is in none of the packages" >"$work/log"
		return 1
	fi
	cd "$root"
	# What does not come along must not be listed.
	for file in $(column 8 | here); do
		at=$(printf '%s\n' "$file" | sed "s|$own|$multiarch|g")
		[ ! -e "$file" ] || [ -e "$out/$at" ] || [ -e "$out/${at#usr/}" ] || [ -e "$target/$at" ] || rm -f "$file"
	done
	env lib="$lib" multiarch="$own" tool="$tool" sh -eu "$lib/$script" </dev/null >"$work/log" 2>&1 || return 1
	for file in $(column 9 | here); do
		if [ -h "$file" ]; then
			type=l
		elif [ -f "$file" ]; then
			type=f
		else
			continue
		fi
		at=$(printf '%s\n' "$file" | sed "s|$own|$multiarch|g")
		mkdir -p "$work/fresh/${at%/*}" && cp -dT --preserve=links -- "$file" "$work/fresh/$at" || return 1
		[ "$own" = "$multiarch" ] || [ "$type" = l ] || ! grep -Iq . "$file" || sed "s|$own|$multiarch|g" "$file" >"$work/fresh/$at"
		printf '%s\t%s\t%s\t%s\t%s\n' "$at" "$what" "$package" "$script" "$type" >>"$work/fresh.list"
	done
}

while IFS= read -r row; do
	status=0
	(make) || status=$?
	[ "$status" != 0 ] || continue
	if [ -n "$(column 4)" ]; then
		echo "note: $(column 3), which $(column 5) asks for, could not be made: $(tail -n 1 "$work/log")" >>"$work/notes"
	else
		tail -n 20 "$work/log" >&2
		fail "$(column 3), which $(column 5) needs, could not be made; the last words of its program stand above"
	fi
done <"$work/makes"
