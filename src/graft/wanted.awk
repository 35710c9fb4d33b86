# Whether the lines of the stage want a file of a package. After tree.awk and classes.awk.
# A file comes along when one of the lines that reach its package brings it, as if each line were alone: --without of a line leaves its
# files out, the line's own rules bring what a stage has use for (programs for DHI-TOOL), and --with of a line brings more.

# Why no line wants it, or "".
function unwanted(i,    what, because, line, n, k, brought) {
	what = class(path[i])
	n = split(linesOf[owner[i]], line, " ")
	for (k = 1; k <= n; k++) {
		if (fits(withoutGlobs[line[k]], i)) because = "excluded (--without)"
		else if (what == "" || (what == "programs" && line[k] in isTool)) brought = 1
		else if (fits(withGlobs[line[k]], i)) {
			brought = 1
			askedFor[i]
		}
	}
	if (brought) return ""
	return what != "" ? what : because
}

# A pattern fits the path that the package has for a file, or the one where it lands in this base.
function fits(list, i,    glob, n, k, hit) {
	n = split(list, glob, " ")
	for (k = 1; k <= n; k++) {
		if ("/" path[i] !~ globPattern[glob[k]] && "/" settle(path[i]) !~ globPattern[glob[k]]) continue
		globUsed[glob[k]]
		hit = 1
	}
	return hit
}
