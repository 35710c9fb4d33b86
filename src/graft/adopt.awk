# Where the files land that maintain.sh made. After paths.awk, which has read the base's files. Reads folder and baseFolder (the folders that
# the result has already), moves, made and fresh (path, what, package, group, f or l); prints `path<TAB>destination`, and adds to folders.new,
# folders.base, caches and notes. The first file of a group stands for it: where the base has that one, none of the group comes along.

kind == "folder" {
	claimed[$1]
	next
}
kind == "baseFolder" {
	claimed[$2]
	next
}
kind == "moves" {
	taken[$3]
	next
}
kind == "made" {
	taken[$1]
	next
}
kind == "fresh" {
	at = settle($1)
	if (!($4 in group)) {
		group[$4] = canon($1) in type
		if (group[$4]) print "note: the base's own /" $1 " stays as it is, so it knows nothing of what " $3 " and the other new packages bring" >> (work "/notes")
	}
	if (group[$4] || at in type || at in taken) next
	taken[at]
	claim(dirname(at))
	print $1 "\t" at
	print at "\t" $2 "\t" $3 "\t" $5 >> (work "/caches")
}

# As in emit.awk: the base's folders are to look like the base's.
function claim(folder) {
	if (folder == "" || folder in claimed) return
	claimed[folder]
	claim(dirname(folder))
	if (is(folder, "d"))
		print root[folder] "\t" folder "\t" (folderTime[folder] + 0 > newest ? "fixed" : "own") >> (work "/folders.base")
	else print folder "\t755\t0\t0" >> (work "/folders.new")
}
