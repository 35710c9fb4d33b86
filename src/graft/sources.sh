# Makes apt ready: sources.sh ARCHITECTURE SNAPSHOT. Reads the image's own sources anew, for that architecture alone, as if no package were
# installed. Writes apt.conf. The image's settings stay in force but for the ones that stand here.
# What a company lends as build secrets is at /dhi/access: sources (in place of the image's), auth (apt_auth.conf(5)), proxy (one URL), ca (PEM).
# It is read where it is, or goes to the work folder, which the step removes.
set -eu
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
architecture=$1
snapshot=$2
mkdir -p "$work/archives/partial" "$index/lists/partial"
# The status is empty because a dependency that the builder has is not one that the base has.
cat >"$work/apt.conf" <<END
APT::Architecture "$architecture";
#clear APT::Architectures;
APT::Architectures { "$architecture"; };
APT::Install-Suggests "false";
Dir::State::status "/dev/null";
Dir::Cache::archives "$work/archives";
Dir::State::lists "$index/lists";
Dir::Cache::pkgcache "$index/pkgcache.bin";
Dir::Cache::srcpkgcache "";
Debug::NoLocking "true";
Acquire::Languages "none";
Acquire::IndexTargets::deb-src::Sources::DefaultEnabled "false";
Acquire::GzipIndexes "false";
Acquire::CompressionTypes::Order:: "gz";
Acquire::Retries "3";
END

configure() {
	printf '%s "%s";\n' "$1" "$2" >>"$work/apt.conf"
}

# Sources of the step's own: a company's, or the image's at one moment.
ownSources() {
	mkdir -p "$work/sources"
	: >"$work/sources.left"
	for file in "$@"; do
		[ -f "$file" ] || continue
		name=${file##*/}
		[ "$file" != "$access/sources" ] || {
			name=dhi.list
			! grep -qi '^uris:' "$file" || name=dhi.sources
		}
		awk -v snapshot="$snapshot" -v lent="$([ "$file" = "$access/sources" ] && echo 1 || echo 0)" -v left="$work/sources.left" \
			-f "$lib/sources.awk" "$file" >"$work/sources/$name"
	done
	configure Dir::Etc::sourcelist /dev/null
	configure Dir::Etc::sourceparts "$work/sources"
}
if [ -f "$access/sources" ]; then
	ownSources "$access/sources"
	if [ -z "$(cat "$work"/sources/*)" ]; then
		[ -z "$snapshot" ] || fail 'the secret dhi-apt-sources has no entry with {snapshot} in its address, and --snapshot needs one'
		fail 'the secret dhi-apt-sources has no entry of packages (deb) without {snapshot} in its address'
	fi
elif [ -n "$snapshot" ]; then
	ownSources "$etc"/apt/sources.list "$etc"/apt/sources.list.d/*.list "$etc"/apt/sources.list.d/*.sources
	[ -n "$(cat "$work"/sources/* 2>/dev/null)" ] || fail "--snapshot=$snapshot: no package source of the builder image has a snapshot service that is known" \
		'lend one as the build secret dhi-apt-sources, with {snapshot} where the time goes: deb https://mirror.example/debian/{snapshot} trixie main'
fi
[ ! -s "$work/sources.left" ] || sed "s|.*|note: --snapshot leaves out the package source &, of which no snapshot service is known|" "$work/sources.left" | sort -u >>"$work/notes"

[ ! -f "$access/auth" ] || configure Dir::Etc::netrc "$access/auth"
if [ -f "$access/proxy" ]; then
	proxy=$(cat "$access/proxy")
	case $proxy in
	*[!!-~]* | *[\"\\]*) fail 'the secret dhi-proxy is no URL; it has one line, such as http://proxy.example:3128' ;;
	http://?* | https://?* | socks5h://?*) ;;
	*) fail 'the secret dhi-proxy is no URL of a proxy; it has one line, such as http://proxy.example:3128' ;;
	esac
	configure Acquire::http::Proxy "$proxy"
	configure Acquire::https::Proxy "$proxy"
fi
if [ -f "$access/ca" ]; then
	grep -q '^-----BEGIN CERTIFICATE-----' "$access/ca" || fail 'the secret dhi-ca is no certificate in PEM form'
	cat /etc/ssl/certs/ca-certificates.crt "$access/ca" >"$work/ca.pem" 2>/dev/null || cp "$access/ca" "$work/ca.pem"
	chmod 0644 "$work/ca.pem"
	configure Acquire::https::CAInfo "$work/ca.pem"
fi

# Packages of a file: source are not downloaded.
if [ -d "$work/sources" ]; then set -- "$work/sources"; else set -- "$etc"/apt/sources.list "$etc"/apt/sources.list.d; fi
! grep -rqs 'file:' "$@" || : >"$work/sources.local"

sh "$lib/lists.sh" "$architecture"
# A source that cannot be read is only a warning for apt. It is shown, because a package may then seem to be missing.
grep -E '^(W|E|Err)[: ]' "$work/log" | masked >&2 || :
find "$index/lists" -maxdepth 1 -name '*_Packages*' -size +0 | grep -q . || {
	! grep -q '^W: Failed to fetch' "$work/log" || fail "none of the builder's package sources can be reached; apt's words stand above" \
		'a proxy, or a mirror of your own, is lent as the build secret dhi-proxy or dhi-apt-sources'
	fail 'the builder image has no package source; it needs an entry in /etc/apt/sources.list or /etc/apt/sources.list.d'
}
