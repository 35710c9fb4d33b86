# Whether the libraries that files need are where the loader looks, told by names alone. After paths.awk, which has read the base's files and
# the new ones. Reads search (folder) and needs (file, needed|soname|runpath, name); prints `file<TAB>missing<TAB>library`.

kind == "search" {
	folders[++count] = $1
	next
}
kind == "needs" {
	if ($2 == "runpath") own[$1] = own[$1] ":" $3
	else if ($2 == "needed") {
		file[++needs] = $1
		library[needs] = $3
	}
}

END {
	for (i = 1; i <= needs; i++) if (!found(file[i], library[i])) print file[i] "\tmissing\t" library[i]
}

function found(file, library,    i, n, part, folder) {
	if (library ~ /\//) return canon(library) in type
	n = split(own[file], part, ":")
	for (i = 1; i <= n; i++) {
		folder = part[i]
		gsub(/\$(ORIGIN|\{ORIGIN\})/, "/" dirname(canon(file)), folder)
		if (folder != "" && canon(folder "/" library) in type) return 1
	}
	for (i = 1; i <= count; i++) if (canon(folders[i] "/" library) in type) return 1
	return 0
}
