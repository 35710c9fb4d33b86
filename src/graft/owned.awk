# Which paths a package's record names: prints path, package. Reads lists of checksums (name.md5sums), lists of files (name.list of dpkg, whose
# name may have an architecture after a colon), and records, of which it takes the links (Dhi-Links).

FNR == 1 {
	links = 0
	package = FILENAME
	sub(/^.*\//, "", package)
	sums = package ~ /\.md5sums$/
	list = FILENAME ~ /\/info\/[^\/]*\.list$/
	if (sums || list) {
		sub(/\.(md5sums|list)$/, "", package)
		sub(/:.*/, "", package)
	}
}
sums {
	sub(/^[^ ]*  */, "")
	sub(/^\.\//, "")
	print $0 "\t" package
	next
}
list {
	sub(/^\/*/, "")
	print $0 "\t" package
	next
}
/^Dhi-Links:/ {
	links = 1
	next
}
/^[^ ]/ { links = links && /^D/ }
links && sub(/^ \//, "") { print $0 "\t" package }
