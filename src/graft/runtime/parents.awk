# The paths of one package and every folder above them, folders first, each once.
$1 == package {
	n = split($2, part, "/")
	at = ""
	for (i = 1; i < n; i++) {
		at = at (at == "" ? "" : "/") part[i]
		if (!(at in told)) print at
		told[at]
	}
	print $2
}
