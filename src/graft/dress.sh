# Modes, owners and times of the result. Two builds from the same packages give the same bytes, and the base's folders stay as they are:
# COPY gives every folder of the source to the folder that is there.
set -eu
lib=${0%/*}
. "$lib/places.sh"
fixed=@946684800 # 2000-01-01, for all that no package and no base gives a time
tab=$(printf '\t')
cd "$out"
awk -F '\t' '$2 != "755" || $3 || $4' "$work/folders.new" | while IFS=$tab read -r path mode uid gid; do
	chown "$uid:$gid" "./$path"
	chmod "$mode" "./$path"
done
cut -f 1 "$work/unsafe" | xargs -r -d '\n' chmod ug-s,o-w --
cut -f 1 "$work/made" "$work/caches" | xargs -r -d '\n' touch -h -d "$fixed" --
while read -r folder; do
	find "./$folder" -type f -exec touch -d "$fixed" {} +
done <"$work/record.folders"
cut -f 1 "$work/folders.new" | xargs -r -d '\n' touch -d "$fixed" --
# tar gives an existing folder the mode, owner and time of the folder in the archive.
cut -f 1 "$work/folders.base" | sort -u | while read -r root; do
	awk -F '\t' -v root="$root" '$1 == root { print $2 }' "$work/folders.base" |
		tar -c -C "$root" --no-recursion --verbatim-files-from -T - | tar -x -p --numeric-owner
done
awk -F '\t' '$3 == "fixed" { print $2 }' "$work/folders.base" | xargs -r -d '\n' touch -d "$fixed" --
touch -d "$fixed" .
