# What a release file says of one package list: its SHA-256, or `-` when it names none, then the list's file, both of the gzip form where the archive
# has that. Nothing when apt does not ask for such a list: packages of all architectures have one of their own only where the archive says so
# (Architectures, No-Support-for-Architecture-all; Debian's repository format).
# Reads a Release or InRelease file that apt has checked; of a signed one only what the signature is for.

/^-----BEGIN PGP SIGNATURE-----/ { exit }
/^Architectures: (.* )?all( |$)/ { apart = 1 }
/^No-Support-for-Architecture-all: .*Packages/ { within = 1 }
/^[^ ]/ {
	section = $1
	next
}
section == "SHA256:" && $3 == key && isSum($1) { sum = $1 }
section == "SHA256:" && $3 == key ".gz" && isSum($1) { packed = $1 }
END {
	if (architecture == "all" && (!apart || within || sum packed == "")) exit
	if (packed != "") print packed " " file ".gz"
	else print (sum == "" ? "-" : sum) " " file
}

function isSum(text) {
	return text ~ /^[0-9a-f]+$/ && length(text) == 64
}
