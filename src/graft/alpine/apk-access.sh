# Sourced by the scripts that run apk: a company's access to its package sources, from secrets that are mounted in this step only.
# Sets repositories and keys, and the variables that apk reads. What has to be written goes to a folder in memory or is removed with the step.
# shellcheck shell=sh disable=SC2034,SC2154 # the names are shared with the scripts that source this file
repositories=$access/repositories
[ -f "$repositories" ] || repositories=$etc/apk/repositories
keys=$etc/apk/keys
[ ! -f "$access/proxy" ] || {
	http_proxy=$(head -n 1 "$access/proxy")
	HTTP_PROXY=$http_proxy https_proxy=$http_proxy HTTPS_PROXY=$http_proxy
	export http_proxy HTTP_PROXY https_proxy HTTPS_PROXY
}
if [ -f "$access/ca" ] || [ -f "$access/keys" ]; then
	lent=$(mktemp -d)
	trap 'rm -rf "$lent"' EXIT
fi
# apk takes OpenSSL's own list of authorities, which this variable names; etc/apk/ca.pem, where it is, stands before that.
[ ! -f "$access/ca" ] || {
	[ ! -f /etc/apk/ca.pem ] || fail 'the builder image has authorities of its own in /etc/apk/ca.pem, so those of the secret dhi-ca cannot be added'
	cat "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$access/ca" >"$lent/ca.pem" 2>/dev/null || cp "$access/ca" "$lent/ca.pem"
	export SSL_CERT_FILE="$lent/ca.pem"
}

apkHere() {
	applet=$1
	shift
	apk "$applet" --root "$work/root" --no-cache --no-progress --repositories-file "$repositories" --keys-dir "$keys" "$@"
}

# A key's file name is how a signature names it, and a secret has no name: the sources' own signatures tell it. Whether they are right is told
# by the key alone: they are verified as always when packages are fetched.
[ ! -f "$access/keys" ] || {
	mkdir "$lent/keys" "$lent/indexes"
	cp "$etc"/apk/keys/* "$lent/keys/" 2>/dev/null || :
	apk update --root "${apkRoot:-$work/root}" --allow-untrusted --no-progress --repositories-file "$repositories" --keys-dir "$keys" \
		--cache-dir "$lent/indexes" >/dev/null 2>&1 || :
	sed -n 's|^\(@[^ ]* \)*\(/.*\)|\2|p' "$repositories" | while read -r folder; do
		echo "$folder/$architecture/APKINDEX.tar.gz"
	done >"$lent/sources"
	{
		find "$lent/indexes" -type f
		cat "$lent/sources"
	} | while read -r index; do
		[ ! -f "$index" ] || tar -tzf "$index" 2>/dev/null | sed -n '1s/^\.SIGN\.[^.]*\.\([A-Za-z0-9@._-]*\)$/\1/p'
	done | sort -u | while read -r name; do
		[ -e "$lent/keys/$name" ] || cp "$access/keys" "$lent/keys/$name"
	done
	keys=$lent/keys
}
