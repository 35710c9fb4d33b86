# The base's links that lead to folders, after paths.awk: lines of path, folder, and the folder as seen from the link.

END {
	for (path in link) {
		at = canon(path)
		if (!is(at, "d") || path ~ /^(proc|sys|dev)\//) continue
		print path "\t" at "\t" relative(dirname(path), at)
	}
}

function relative(from, to,    i, n, m, a, b, result) {
	n = split(from, a, "/")
	m = split(to, b, "/")
	for (i = 1; i <= n && i <= m && a[i] == b[i]; i++) continue
	result = ""
	for (n = n - i + 1; n > 0; n--) result = result "../"
	for (; i <= m; i++) result = result b[i] (i < m ? "/" : "")
	return result == "" ? "." : result
}
