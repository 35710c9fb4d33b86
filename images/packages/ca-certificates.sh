# What update-ca-certificates(8) makes, with all of the package's certificates trusted, which is the answer to its question unless one is given.
. "$lib/inside.sh"
certs=etc/ssl/certs
mkdir -p "$certs"
: >"$certs/ca-certificates.crt"
find usr/share/ca-certificates -name '*.crt' | sort | while read -r file; do
	name=$(printf %s "${file##*/}" | tr ' ,()' '__==')
	ln -s "/$file" "$certs/${name%.crt}.pem"
	# With a line end after each, whether the file has one or not.
	# shellcheck disable=SC1003 # the backslash is sed's
	sed '$a\' "$file" >>"$certs/ca-certificates.crt"
done
inside "$tool" rehash "/$certs"
