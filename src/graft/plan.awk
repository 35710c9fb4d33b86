# What of the maintainer scripts' work the graft asks for. Reads facts, table (packages.txt), moves and tree (tree.list); prints
# copy, package, destination, source, text: a file of which the source is a copy; without a source, a line of text
# make, script, what, optional, package, tool, package of the tool, patterns of its input, patterns of its result,
#   packages that bring the input (all three between blanks)
# `package` is the first that asks for it; paths begin with a slash, patterns of results without.

kind == "facts" {
	if ($1 == "multiarch") multiarch = $2
	next
}
kind == "table" {
	gsub(/\{multiarch\}/, multiarch)
	if ($1 == "copy" || $1 == "make") rule[++rules] = $0
	next
}
kind == "moves" {
	delivered[$1]
	at["/" merged($2)] = out "/" $3
	bringer["/" merged($2)] = $1
	order[++files] = "/" merged($2)
	next
}
# A tool is often a program, which does not come along; it is run here all the same.
{
	path = "/" merged($7)
	if (!(path in holder)) holder[path] = $6
	if (!(path in at)) at[path] = tree "/" $6 "/" $7
}

END {
	for (i = 1; i <= rules; i++) {
		n = split(rule[i], field, "\t")
		if (field[1] == "copy") copy()
		else make()
	}
}

function copy() {
	if (!(field[2] in delivered) || (field[4] != "" && !(field[4] in at))) return
	print "copy\t" field[2] "\t" field[3] "\t" (field[4] == "" ? "" : at[field[4]]) "\t" field[5]
}

function make(    i, k, n, pattern, tool, package, all, seen) {
	n = split(field[6], pattern, " ")
	for (k = 1; k <= n; k++)
		for (i = 1; i <= files; i++) {
			if (order[i] !~ expression(pattern[k]) || bringer[order[i]] in seen) continue
			seen[bringer[order[i]]]
			all = all (all == "" ? "" : " ") bringer[order[i]]
			if (package == "") package = bringer[order[i]]
		}
	if (package == "") return
	if (field[5] == "") tool = "-"
	else for (i in holder) if (i ~ expression(field[5]) && (tool == "" || i < tool)) tool = i
	print "make\t" field[2] "\t" field[3] "\t" field[4] "\t" package "\t" tool "\t" (tool in holder ? holder[tool] : "") "\t" field[6] "\t" field[7] "\t" all
}

function expression(pattern) {
	gsub(/[.+]/, "[&]", pattern)
	gsub(/\*/, "[^/]*", pattern)
	return "^" pattern "$"
}

# The paths of a package on a system with merged /usr, as the throw-away root is.
function merged(path) {
	return path ~ /^(bin|sbin|lib|lib32|lib64|libx32)\// ? "usr/" path : path
}
