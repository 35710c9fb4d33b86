# Which package of the donor holds which path. After paths.awk, which has read the donor's files. Reads listed (path as the record has it, package);
# prints `path<TAB>package` for files and links that are there, by their true place: records may name them through a link of a parent folder.

kind == "listed" {
	at = settle($1)
	if (at in type && type[at] != "d" && !(at in told)) {
		told[at]
		print at "\t" $2
	}
}
