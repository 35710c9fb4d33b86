# Which of busybox's applets need a link, after paths.awk: lines of paths that neither the base nor the packages have. Reads folders (those that the
# result has: path in $1 or $2), moves (what came) and applets (paths without the leading slash). Adds folders that the links need to folders.base
# and folders.new in the folder `work`.

kind == "own" {
	claimed[$2]
	next
}
kind == "new" {
	claimed[$1]
	next
}
kind == "moves" {
	taken[$3]
	next
}
kind == "applets" {
	at = settle($1)
	if (!(at in type) && !(at in taken) && !(at in wanted)) {
		wanted[at]
		print at
		claim(dirname(at))
	}
}

function claim(folder) {
	if (folder == "" || folder in claimed) return
	claimed[folder]
	claim(dirname(folder))
	if (is(folder, "d")) print root[folder] "\t" folder "\t" (folderTime[folder] + 0 > newest ? "fixed" : "own") >> (work "/folders.base")
	else print folder "\t755\t0\t0" >> (work "/folders.new")
}
