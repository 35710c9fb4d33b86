# Whether libraries have the versions of symbols that files ask of them. Reads found (file, library, its path) and needs (as elf.awk prints them);
# prints `file<TAB>version<TAB>library's path<TAB>version<TAB>file`. A library without any version is one that the loader lets pass, too.

kind == "found" {
	at[$1, $2] = $3
	next
}
$2 == "defines" {
	versioned[$1]
	has[$1, $3]
}
$2 == "version" {
	file[++count] = $1
	library[count] = $3
	version[count] = $4
}

END {
	for (i = 1; i <= count; i++) {
		if (!((file[i], library[i]) in at)) continue
		path = at[file[i], library[i]]
		if (path in versioned && !((path, version[i]) in has)) print file[i] "\tversion\t/" path "\t" version[i] "\t/" file[i]
	}
}
