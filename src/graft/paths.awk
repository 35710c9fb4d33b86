# The base's files as a table, and paths resolved through its links as a process inside the base would resolve them.
# A path is written without its leading slash; "" is the root. Reads lines of base.list when kind == "base":
# type, mode, uid, gid, time, root, path, link.

# A name with a tab or a newline in it breaks the table; such a file of the base is none that a package could bring.
kind == "base" {
	if (NF != 8) next
	# An ancestor's folder may also be the base's: the base, which is listed first, is the one to be like.
	if ($7 in type) next
	type[$7] = $1
	root[$7] = $6
	if ($1 == "l") link[$7] = $8
	else if ($1 == "d") folderTime[$7] = $5
	else if ($5 + 0 > newest) newest = $5 + 0
	next
}

# The path with every link in it followed, the last component too. Absolute links start at the base's root and `..`
# never leaves it. A circle of links is left as it stands.
function canon(path,    current, rest, cut, part, next_, hops) {
	current = ""
	rest = path
	while (rest != "") {
		cut = index(rest, "/")
		if (cut) {
			part = substr(rest, 1, cut - 1)
			rest = substr(rest, cut + 1)
		} else {
			part = rest
			rest = ""
		}
		if (part == "" || part == ".") continue
		if (part == "..") {
			current = dirname(current)
			continue
		}
		next_ = current == "" ? part : current "/" part
		if (next_ in link) {
			if (++hops > 40) return path
			if (substr(link[next_], 1, 1) == "/") current = ""
			rest = link[next_] (rest == "" ? "" : "/" rest)
			continue
		}
		current = next_
	}
	return current
}

# The path with the links of its parent folders followed; the last component stays what it is.
function settle(path,    parent) {
	parent = dirname(path)
	if (!(parent in settled)) settled[parent] = canon(parent)
	return settled[parent] == "" ? basename(path) : settled[parent] "/" basename(path)
}

# Asking an awk array for a key makes the key: always ask for the type of a path in this way.
function is(path, kind) {
	return path in type && type[path] == kind
}

function dirname(path) {
	return sub(/\/[^\/]*$/, "", path) ? path : ""
}

function basename(path) {
	sub(/^.*\//, "", path)
	return path
}
