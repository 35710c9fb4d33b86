# Asks apt what each word needs, of whole package lists and of those that narrow.sh leaves: narrow-compare.sh WORD... Runs in a build step; the scripts
# are beside this one. Every third word is asked with recommended packages. Prints the words whose answers differ, then how many were asked.
set -eu
export LC_ALL=C
here=${0%/*}
mkdir -p /t/step /t/index/lists /t/whole/lists/partial /dhi
cp "$here"/* /dhi
printf 'work=/t/step\nindex=/t/index\n' >/dhi/places.sh
for index in index whole; do
	cat >"/t/$index.conf" <<-END
		Dir::State::status "/dev/null";
		Dir::State::lists "/t/$index/lists";
		Dir::Cache::archives "/t/archives";
		Dir::Cache::pkgcache "/t/$index/pkgcache.bin";
		Dir::Cache::srcpkgcache "";
		Debug::NoLocking "true";
		Acquire::Languages "none";
		Acquire::GzipIndexes "false";
	END
done
mkdir -p /t/archives/partial
cp /t/index.conf /t/step/apt.conf
apt-get -c /t/whole.conf update >/dev/null
apt-cache -c /t/whole.conf pkgnames | sort >/t/names

# What apt would get, or what stands against it.
answer() {
	apt-get -c "$1" -q -y -o "APT::Install-Recommends=$recommends" --print-uris install -- "?exact-name($word)" 2>&1 | grep -E "^'|^E:|Depends:|Breaks:|Conflicts:" || :
}

count=0
for word in "$@"; do
	count=$((count + 1))
	printf '%s\t%s\t\t1\tDHI-TOOL\n' "$word" "$word" >/t/step/asked
	printf '1\tDHI-TOOL\tword\t%s\n' "$word" >/t/step/lines
	recommends=no
	if [ $((count % 3)) = 0 ]; then
		recommends=yes
		printf '1\tDHI-TOOL\t--recommends\t\n' >>/t/step/lines
	fi
	rm -rf /t/index
	mkdir /t/index
	cp -al /t/whole/lists /t/index/lists
	sh /dhi/narrow.sh
	answer /t/whole.conf >/t/expected
	answer /t/index.conf >/t/found
	[ -s /t/expected ] || echo "$word: no answer"
	cmp -s /t/expected /t/found || {
		echo "$word differs, recommends=$recommends:"
		diff /t/expected /t/found || :
	}
	sort -u /t/step/names | cmp -s /t/names - || echo "$word: other names"
done
echo "asked $count words"
