# Takes the certificates out of a PEM file: writes each to folder/<number> and a line of list: that file, and where it begins. Text around them
# is ignored (RFC 7468). Ends with 1 and says why, with the line, when the file is broken or holds a private key.
function broken(problem, advice) {
	printf "dhi: DHI-CERT: %s:%d: %s\n", shown, at, problem
	if (advice != "") printf "dhi: %s\n", advice
	bad = 1
	exit 1
}
{ sub(/[ \t\r]+$/, "") }
/^-----BEGIN [A-Z0-9 ]*-----$/ {
	if (kind != "") {
		at = begin
		broken("this certificate has no line -----END CERTIFICATE-----", "take the file again from where it comes from")
	}
	begin = at = NR
	kind = $0
	gsub(/^-----BEGIN |-----$/, "", kind)
	if (kind ~ /PRIVATE KEY/) broken("a private key stands here, and would be in the image for all to read", "give DHI-CERT the certificate alone")
	if (kind != "CERTIFICATE" && kind != "X509 CERTIFICATE") broken("this is a " kind ", and no certificate", "give DHI-CERT certificates in PEM or DER form")
	file = folder "/" (start + count++)
	print "-----BEGIN CERTIFICATE-----" > file
	next
}
/^-----END [A-Z0-9 ]*-----$/ {
	at = NR
	if (kind == "") broken("an END without a BEGIN above it", "take the file again from where it comes from")
	print "-----END CERTIFICATE-----" > file
	close(file)
	printf "%s\t%s:%d\n", file, shown, begin >> list
	kind = ""
	next
}
kind != "" {
	at = NR
	if ($0 !~ /^[A-Za-z0-9+\/]*=*$/) broken("this line is no base64", "take the file again from where it comes from: it is damaged here")
	print > file
}
END {
	if (bad) exit 1
	if (kind != "") {
		at = begin
		broken("this certificate has no line -----END CERTIFICATE-----", "the file is cut off: take it again from where it comes from")
	}
}
