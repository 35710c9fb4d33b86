# Package sources for one graft: those that a company lends, or, for a snapshot, those that stand in the builder image, at one moment.
# Reads one file of sources, one-line style or deb822 (sources.list(5)). Variables: snapshot (a time, or empty), lent (1 for a company's file),
# left (a file for what was left out).
#
# An entry is at a moment when its address holds {snapshot}, where the time goes, or when its archive has a public snapshot service. Only such
# an entry may be older than its Release file allows, because its user pinned it. Without a snapshot, entries with {snapshot} are not meant.

BEGIN { deb822 = 0 }
/^[ \t]*#/ { next }
/^(Types|URIs|Suites|Components|Enabled|Signed-By):/ { deb822 = 1 }
!deb822 && /^[ \t]*deb[ \t]/ {
	oneLine()
	next
}
deb822 && /^[ \t\r]*$/ {
	flush()
	next
}
deb822 {
	if (/^[^ \t]/) {
		field = tolower($0)
		sub(/:.*/, "", field)
	}
	if (field == "uris") uris = uris " " (/^[^ \t]/ ? substr($0, 6) : $0)
	else if (field != "check-valid-until" || snapshot == "") stanza = stanza $0 "\n"
}
END { flush() }

function oneLine(    line, options, uri, moved) {
	line = $0
	sub(/^[ \t]*deb[ \t]+/, "", line)
	if (match(line, /^\[[^\]]*\][ \t]*/)) {
		options = substr(line, 2, RLENGTH - 1)
		sub(/\][ \t]*$/, "", options)
		line = substr(line, RLENGTH + 1)
	}
	uri = line
	sub(/[ \t].*/, "", uri)
	if ((moved = moment(uri)) == "") return
	if (snapshot != "") {
		gsub(/check-valid-until=[^ \t]*/, "", options)
		options = options " check-valid-until=no"
	}
	gsub(/^[ \t]+|[ \t\r]+$/, "", options)
	print "deb " (options == "" ? "" : "[" options "] ") moved substr(line, length(uri) + 1)
}

function flush(    part, n, i, moved, list) {
	n = split(uris, part, " ")
	for (i = 1; i <= n; i++) if ((moved = moment(part[i])) != "") list = list " " moved
	if (list != "") printf "%sURIs:%s\n%s\n", stanza, list, snapshot != "" ? "Check-Valid-Until: no\n" : ""
	stanza = uris = ""
}

# The address to take, or "" when this entry does not count.
function moment(uri,    at, host, path, name) {
	sub(/\r$/, "", uri)
	if ((at = index(uri, "{snapshot}"))) {
		if (snapshot == "") return ""
		return substr(uri, 1, at - 1) snapshot substr(uri, at + 10)
	}
	if (snapshot == "") return uri
	if (!lent && uri ~ /^https?:\/\//) {
		path = uri
		sub(/^https?:\/\//, "", path)
		host = path
		sub(/\/.*/, "", host)
		sub(/^[^\/]*\/?/, "", path)
		gsub(/\/+$/, "", path)
		name = path == "" && host == "security.debian.org" ? "debian-security" : path
		if (host ~ /(^|\.)debian\.org$/ && name ~ /^debian(-security|-ports|-debug)?$/)
			return substr(uri, 1, index(uri, ":")) "//snapshot.debian.org/archive/" name "/" snapshot "/"
		if (host ~ /(^|\.)(archive|security)\.ubuntu\.com$/ && name == "ubuntu")
			return substr(uri, 1, index(uri, ":")) "//snapshot.ubuntu.com/ubuntu/" snapshot "/"
	}
	sub(/\/\/[^\/]*@/, "//***@", uri)
	print uri > left
	return ""
}
