#!/bin/sh
# DHI-CERT: cert.sh [--bundle PATH] [--base-bundle] [--java] NAME... The certificates are below /certs/1, /certs/2 ..., one folder for each name; the base is
# mounted at /target, results of ancestors at /have/<n>. Writes /out: /etc/ssl/dhi/extra.pem (ours), /etc/ssl/dhi/ca-bundle.pem (the base's and ours), and
# the certificates by the hash of their subject in the base's /etc/ssl/certs, where OpenSSL looks beside its bundle (openssl-rehash(1)).
set -eu
umask 022
export LC_ALL=C
lib=${0%/*}
. "$lib/places.sh"
. "$lib/fail.sh"
fixed=@946684800 # 2000-01-01
tab=$(printf '\t')
rm -rf "$work" "$out"
mkdir -p "$work/blocks" "$out"
bundle='' change='' java=''
while [ $# -gt 0 ]; do
	case $1 in
	--bundle)
		bundle=$2
		shift 2
		;;
	--base-bundle)
		change=1
		shift
		;;
	--java)
		java=1
		shift
		;;
	*) break ;;
	esac
done

# The builder of a hardened image may have no openssl, which reads certificates and hashes their subjects.
if ! command -v openssl >/dev/null; then
	if command -v apt-get >/dev/null; then
		: >"$work/notes"
		sh "$lib/sources.sh" "$(dpkg --print-architecture)" ''
		DEBIAN_FRONTEND=noninteractive apt-get -c "$work/apt.conf" -o Dir::State::status=/var/lib/dpkg/status -o Debug::NoLocking=false \
			install -y --no-install-recommends openssl >"$work/log" 2>&1 || {
			lastWords "$work/log"
			fail 'the package openssl, which reads certificates, cannot be installed in the builder image'
		}
	elif command -v apk >/dev/null; then
		sh "$lib/apk-install.sh" openssl >"$work/log" 2>&1 || {
			lastWords "$work/log"
			fail 'the package openssl, which reads certificates, cannot be installed in the builder image'
		}
	else
		fail 'the builder image has no openssl, and no package manager to fetch it'
	fi
fi

# One file for each certificate, in the order of the names; a list of files, and where each certificate begins.
: >"$work/list"
number=0
for name in "$@"; do
	number=$((number + 1))
	found=
	find "$certs/$number" ! -type d | sort >"$work/files"
	while IFS= read -r file; do
		found=1
		shown=${file#"$certs/$number/"}
		if grep -q -- '-----BEGIN ' "$file"; then
			awk -v shown="$shown" -v folder="$work/blocks" -v list="$work/list" -v start="$(grep -c . "$work/list" || :)" -f "$lib/pem.awk" "$file" >&2 || exit 1
		else
			block=$work/blocks/$(grep -c . "$work/list" || :)
			openssl x509 -inform DER -in "$file" -out "$block" 2>/dev/null ||
				fail "DHI-CERT $name: $shown is no certificate: neither PEM (a line -----BEGIN CERTIFICATE-----) nor DER" \
					'write the file as openssl x509 -out ca.pem does; a PKCS#12 or PKCS#7 file has to be converted first'
			printf '%s\t%s\n' "$block" "$shown" >>"$work/list"
		fi
	done <"$work/files"
	[ -n "$found" ] || fail "DHI-CERT $name: there is no file in it"
done

# A path of the base with its links followed inside the base.
inside() {
	path=$1
	hops=0
	while [ -L "$target$path" ] && [ "$hops" -lt 20 ]; do
		to=$(readlink "$target$path")
		case $to in
		/*) path=$to ;;
		*) path=${path%/*}/$to ;;
		esac
		hops=$((hops + 1))
	done
	printf '%s' "$path"
}
base=
for folder in "$have"/*; do
	[ ! -f "$folder/etc/ssl/dhi/ca-bundle.pem" ] || base=$folder/etc/ssl/dhi/ca-bundle.pem
	[ ! -f "$folder/etc/ssl/dhi/extra.pem" ] || cat "$folder/etc/ssl/dhi/extra.pem" >>"$work/before"
done
own=
for path in "$bundle" /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/certs/ca-bundle.crt; do
	[ -n "$path" ] && [ -z "$own" ] && [ -f "$target$(inside "$path")" ] && own=$(inside "$path")
done
[ -n "$base" ] || [ -z "$own" ] || base=$target$own
for path in /etc /etc/ssl /etc/ssl/dhi; do
	[ ! -L "$target$path" ] || fail "DHI-CERT: $path is a link in the base, and the certificates would replace it"
done

# The text between the marks tells whether a certificate is there already.
body() {
	awk '{ sub(/\r$/, "") } /^-----END CERTIFICATE-----/ { print text; text = ""; inside = 0 } inside { text = text $0 } /^-----BEGIN CERTIFICATE-----/ { inside = 1 }' "$@"
}
: >"$work/extra"
: >"$work/new"
[ ! -f "$work/before" ] || cat "$work/before" >"$work/extra"
: >"$work/known"
[ -z "$base" ] || body "$base" >"$work/known"
mkdir -p "$out/etc/ssl/dhi"
hashes=
[ ! -d "$target/etc/ssl/certs" ] || [ -L "$target/etc/ssl/certs" ] || {
	hashes=$out/etc/ssl/certs
	mkdir "$hashes"
}
while IFS=$tab read -r block place; do
	openssl x509 -in "$block" -out "$work/pem" 2>"$work/log" || {
		sed -n '1s/^/dhi:   openssl says: /p' "$work/log" >&2
		fail "DHI-CERT: $place: what stands there between BEGIN and END is no certificate" \
			'take the file again from where it comes from: a line may be missing or changed'
	}
	text=$(body "$work/pem")
	subject=$(openssl x509 -in "$work/pem" -noout -subject -nameopt RFC2253 | sed 's/^subject= *//')
	end=$(openssl x509 -in "$work/pem" -noout -enddate | sed 's/^notAfter=//')
	openssl x509 -in "$work/pem" -noout -checkend 0 >/dev/null || echo "dhi: warning: DHI-CERT: $place: $subject has expired ($end)" >&2
	! openssl x509 -in "$work/pem" -noout -text | grep -q 'CA:FALSE' ||
		echo "dhi: warning: DHI-CERT: $place: $subject is no certificate of a CA (CA:FALSE): it vouches for itself at most" >&2
	# Ours stay in the list of extra ones, which is all that Node reads beside its own, though the base's bundle has them.
	! body "$work/extra" | grep -qxF "$text" || continue
	cat "$work/pem" >>"$work/extra"
	if grep -qxF "$text" "$work/known"; then
		echo "dhi: DHI-CERT: $subject, until $end: the base has it already"
		continue
	fi
	cat "$work/pem" >>"$work/new"
	echo "dhi: DHI-CERT: $subject, until $end"
	[ -n "$hashes" ] || continue
	hash=$(openssl x509 -in "$work/pem" -noout -subject_hash)
	file=dhi-$(openssl x509 -in "$work/pem" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | cut -c 1-16 | tr A-F a-f).pem
	cp "$work/pem" "$hashes/$file"
	next=0
	while [ -n "$(find "$hashes" "$target/etc/ssl/certs" "$have"/*/etc/ssl/certs -maxdepth 1 -name "$hash.$next" 2>/dev/null)" ]; do next=$((next + 1)); done
	ln -s "$file" "$hashes/$hash.$next"
done <"$work/list"

cp "$work/extra" "$out/etc/ssl/dhi/extra.pem"
# A bundle whose last line has no end would run into ours.
{
	[ -z "$base" ] || awk 1 "$base"
	cat "$work/new"
} >"$out/etc/ssl/dhi/ca-bundle.pem"
[ -n "$base" ] || echo 'dhi: note: DHI-CERT: the base has no bundle of certificates, so only these are trusted' >&2
if [ -n "$change" ]; then
	[ -n "$own" ] || fail 'DHI-CERT --base-bundle: the base has no bundle that could be changed' 'leave the flag out'
	mkdir -p "$out${own%/*}"
	cp "$out/etc/ssl/dhi/ca-bundle.pem" "$out$own"
	echo "dhi: note: DHI-CERT --base-bundle changes the base's file $own, which scanners may report" >&2
elif [ -n "$(find "$target/usr/lib" "$target/lib" -name 'libgnutls.so*' 2>/dev/null | head -n 1)" ]; then
	echo "dhi: note: DHI-CERT: programs with GnuTLS (wget, GIO) read only ${own:-the bundle of the base}; DHI-CERT --base-bundle changes it" >&2
fi

# Java has a list of its own. A keystore without password and checksum is the same in every build, and Java 12 and later read it (JDK-8076190).
keystore=$(find "$target/opt" "$target/usr/lib/jvm" "$target/usr/local" -path '*/lib/security/cacerts' 2>/dev/null | sort | head -n 1)
if [ -n "$keystore" ] || [ -n "$java" ]; then
	openssl pkcs12 -export -nokeys -jdktrust anyExtendedKeyUsage -certpbe NONE -nomac -passout pass: \
		-in "$out/etc/ssl/dhi/ca-bundle.pem" -out "$out/etc/ssl/dhi/cacerts.p12" 2>"$work/log" || {
		rm -f "$out/etc/ssl/dhi/cacerts.p12"
		[ -z "$java" ] || fail 'DHI-CERT: the openssl of the builder image is too old to make a keystore for Java (3.2 is needed)' \
			'name a newer builder with --builder=debian:trixie-slim'
		echo 'dhi: note: DHI-CERT: no keystore is made for Java: the openssl of the builder image is too old (3.2 is needed)' >&2
	}
	[ -n "$java" ] || [ ! -f "$out/etc/ssl/dhi/cacerts.p12" ] ||
		echo 'dhi: note: DHI-CERT: Java trusts them when it is started with -Djavax.net.ssl.trustStore=/etc/ssl/dhi/cacerts.p12' >&2
fi

chmod -R u=rwX,go=rX "$out"
find "$out" ! -type d -exec touch -h -d "$fixed" {} +
find "$out" -depth -type d | while IFS= read -r folder; do
	like=$target${folder#"$out"}
	if [ "$folder" != "$out" ] && [ -d "$like" ]; then
		chown "$(stat -c '%u:%g' "$like")" "$folder"
		chmod "$(stat -c %a "$like")" "$folder"
		touch -r "$like" "$folder"
	else
		touch -d "$fixed" "$folder"
	fi
done
rm -rf "$work" "${index:?}"/*
