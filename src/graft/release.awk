# What a release file says of one package list: its SHA-256, or `-` when it names none, then the list's file. Nothing when apt does not ask for such
# a list: packages of all architectures have one of their own only where the archive says so (Architectures, No-Support-for-Architecture-all; Debian's
# repository format).
# Reads a Release or InRelease file that apt has checked; of a signed one only what the signature is for.

/^-----BEGIN PGP SIGNATURE-----/ { exit }
/^Architectures: (.* )?all( |$)/ { apart = 1 }
/^No-Support-for-Architecture-all: .*Packages/ { within = 1 }
/^[^ ]/ {
	section = $1
	next
}
section == "SHA256:" && $3 == key { sum = $1 }
END {
	if (sum !~ /^[0-9a-f]+$/ || length(sum) != 64) sum = ""
	if (architecture == "all" && (!apart || within || sum == "")) exit
	print (sum == "" ? "-" : sum) " " file
}
