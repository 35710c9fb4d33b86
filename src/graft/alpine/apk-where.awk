# Where a file of the base lies in the builder, after paths.awk: the path of -v asked with the base's links followed; nothing when it is not there.

END {
	at = canon(asked)
	if (is(at, "f")) print root[at] "/" at
}
