#!/bin/sh
# DHI-FRAMEWORK: framework.sh [--release 13] --framework Microsoft.AspNetCore.App [--version 10.0] WORD
# Runs in the builder of the stage. The base is mounted at /target, results of ancestors at /have/<n>, the .NET SDK (an image or a stage) at /donor.
# Puts a shared framework of the SDK where the base's host looks for it, when the base's Microsoft.NETCore.App is new enough for it.
set -eu
umask 022
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
. "$lib/framework-words.sh"
export directive

rm -rf "$work" "$out"
mkdir -p "$work/tree" "$work/control" "$work/donor" "$work/proof"
for file in notes warnings words caches taken; do : >"$work/$file"; done
readFramework "$@"
sh "$lib/target.sh"
. "$lib/platform.sh"
sh "$lib/donor.sh" framework "$word"
sh "$lib/choose.sh" "$framework" "$version" "$word"
IFS=$tab read -r root chosen from package <"$work/chosen"

# As if it were a package: its files, at their place in the base, and a record that names the donor's package.
mkdir -p "$work/tree/$package/$root/shared/$framework" "$work/control/$package"
cp -a "$donor/$from" "$work/tree/$package/$root/shared/$framework/$chosen"
chown -R 0:0 "$work/tree/$package"
owner=$(awk -F '\t' -v at="$from/" 'index($1, at) == 1 { print $2; exit }' "$work/donor/owners")
{
	printf 'Package: %s\nVersion: %s\nArchitecture: %s\n' "$package" "$chosen" "$architecture"
	[ -z "$owner" ] || printf 'Source: %s\n' "$owner"
	printf 'Description: the shared framework %s of a .NET SDK\n' "$framework"
} >"$work/control/$package/control"
(cd "$work/tree/$package" && find "$root" -type f | sort | xargs -r -d '\n' md5sum --) >"$work/control/$package/md5sums"
printf '%s\t1\n' "$package" >"$work/taken"
printf '%s\t%s\n' "$package" "$chosen" >"$work/versions"
awk -F '\t' -v directive="$directive" -v word="$word" -f "$lib/taken.awk" kind=taken "$work/taken" kind=packages "$work/versions" >"$work/needed"
printf '1\tDHI-TOOL\t--with\t*\n' >"$work/lines"
find "$work/tree" -name '*.so*' -printf '%f\n' | sort -u >"$work/proof/closure"
sh "$lib/select.sh"
sh "$lib/place.sh"
sh "$lib/records.sh"
sh "$lib/dress.sh"
awk -F '\t' -v directive="$directive" -v asked="$word" -v release="$pretty" -v architecture="$architecture" \
	-f "$lib/classes.awk" -f "$lib/report.awk" kind=lines "$work/lines" \
	kind=needed "$work/needed" kind=words "$work/words" kind=records "$work/base.packages" \
	kind=moves "$work/moves" kind=left "$work/left" kind=sums "$work/sums" kind=made "$work/made" kind=caches "$work/caches" kind=unsafe "$work/unsafe" \
	kind=skew "$work/skew" kind=notes "$work/notes" kind=warnings "$work/warnings"

: >"$work/proof/names"
mv "$work/facts" "$work/search" "$work/base.list" "$work/chosen" "$work/proof"
find "$work" -mindepth 1 -maxdepth 1 ! -name proof -exec rm -rf {} +
