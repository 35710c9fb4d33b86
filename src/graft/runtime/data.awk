# A folder of data that the runtime reads and the base lacks, as the donor has it. After paths.awk. Reads have (the base's files), owners, base (the donor's);
# `data` is the folder, "" for none. Prints package and path. Records without links know half of its files, so all of it is of one package.

kind == "have" {
	if (index($7, data "/") == 1) there = 1
	next
}
kind == "owners" {
	owner[$1] = $2
	next
}

END {
	if (data == "" || there) exit
	for (at in type) if (index(at, data "/") == 1 && at in owner && (package == "" || owner[at] < package)) package = owner[at]
	if (package == "") exit
	for (at in type)
		if (type[at] ~ /[fl]/ && (index(at, data "/") == 1 || at == "usr/share/doc/" package "/copyright")) print package "\t" at
}
