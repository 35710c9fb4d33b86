# Patterns of --with and --without as regular expressions: `*` is any text, slashes too; `?` one character; `[ab]` one of these;
# `{a,b}` one of these texts. Nothing else means anything. The shell's own patterns would stop at a slash, and awk has no others.

function expression(glob) {
	globText = glob
	globAt = 1
	return "^" globSequence(0) "$"
}

function globSequence(depth,    out, c, close_, set) {
	while (globAt <= length(globText)) {
		c = substr(globText, globAt, 1)
		if (depth && (c == "," || c == "}")) break
		globAt++
		if (c == "*") out = out ".*"
		else if (c == "?") out = out "."
		else if (c == "{") out = out globChoice(depth + 1)
		else if (c == "[" && (close_ = index(substr(globText, globAt + 1), "]")) && (set = substr(globText, globAt, close_)) !~ /\[/) {
			globAt += close_ + 1
			out = out "[" set "]"
		} else out = out (c ~ /[A-Za-z0-9_\/,-]/ ? c : c == "[" || c == "]" ? "\\" c : "[" c "]")
	}
	return out
}

# An empty choice makes the group optional: mawk takes no empty alternative.
function globChoice(depth,    one, list, optional, c) {
	do {
		one = globSequence(depth)
		if (one == "") optional = "?"
		else list = list (list == "" ? "" : "|") one
		c = substr(globText, globAt++, 1)
	} while (c == ",")
	return list == "" ? "" : "(" list ")" optional
}
