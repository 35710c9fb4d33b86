# The files that a stage adds to its base: prints the path of each regular file that is new or changed. Before paths.awk, whose rule ends a line.
# Reads given (flag, value; `below` is a path to look at instead), before (the base's listing), base (the stage's).
# Other rules and scripts have mode, uid, gid and size of each path of the stage from here.

kind == "given" {
	if ($1 == "below") below[++belows] = $2
	else if ($1 == "without") without[++withouts] = expression($2)
	else if (!($1 in given)) given[$1] = $2
	next
}
kind == "before" {
	if (NF == 8 && $1 != "d") before[$7] = looks()
	next
}
kind == "base" {
	if (NF != 8) next
	mode[$7] = $2
	uid[$7] = $3
	gid[$7] = $4
	if ($1 != "d" && (!($7 in before) || before[$7] != looks())) fresh[$7]
	sub(/.*:/, "", $5)
	size[$7] = $5 + 0
}

END {
	for (i = 1; i <= belows; i++) {
		start = below[i]
		sub(/^\/+/, "", start)
		start = canon(start)
		if (start != "" && !(start in type)) {
			trouble("/" start, "path", below[i])
			continue
		}
		roots[++rootCount] = start
	}
	for (path in type) if (type[path] == "f" && size[path] > 3 && wanted(path)) print path
}

function looks() {
	return $1 " " $2 " " $3 " " $4 " " $5 " " $8
}

# True for what the stage added, or what is below the paths that were named.
function wanted(path,    i) {
	if (leftOut("/" path)) return 0
	if (!belows) return path in fresh
	for (i = 1; i <= rootCount; i++) if (roots[i] == "" || path == roots[i] || index(path, roots[i] "/") == 1) return 1
	return 0
}

function leftOut(path,    i) {
	for (i = 1; i <= withouts; i++) if (path ~ without[i]) return 1
	return 0
}

# A line of `troubles`: file, kind, and what judge.awk needs to tell of it.
function trouble(path, what, detail) {
	sub(/^\//, "", path)
	print path "\t" what "\t" detail > "troubles"
}
