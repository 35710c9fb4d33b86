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
# A change of the owner, even to the same, takes set-id bits and file capabilities away (chown(2)).
while IFS=$tab read -r path _; do
	chown "$(stat -c %u:%g "./$path")" "./$path"
	chmod ug-s,o-w "./$path"
done <"$work/unsafe"
for file in database world; do
	path=$(sed -n "s/^$file$tab//p" "$work/facts")
	[ "$file" = world ] || path=$path/installed
	[ -f "./$path" ] || continue
	chown "$(stat -c %u:%g "$target/$path")" "./$path"
	chmod "$(stat -c %a "$target/$path")" "./$path"
	touch -d "$fixed" "./$path"
done
# apk gives links the time of the day. Notes and made files have it, too.
find . -type l -exec touch -h -d "$fixed" {} +
[ ! -d ./var/lib/dhi ] || find ./var/lib/dhi -type f -exec touch -d "$fixed" {} +
awk -F '\t' '$3 == "f" { print $1 }' "$work/made.files" | tr '\n' '\0' | xargs -0 -r touch -d "$fixed" --
cut -f 1 "$work/folders.new" | sed 's|^|./|' | tr '\n' '\0' | xargs -0 -r touch -d "$fixed" --
while IFS=$tab read -r root path how; do
	chown "$(stat -c %u:%g "$root/$path")" "./$path"
	chmod "$(stat -c %a "$root/$path")" "./$path"
	if [ "$how" = fixed ]; then
		touch -d "$fixed" "./$path"
	else
		touch -r "$root/$path" "./$path"
	fi
done <"$work/folders.base"
touch -d "$fixed" .
