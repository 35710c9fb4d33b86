# The table `needed` (see needed.awk) of what was taken from the donor. Reads taken (package, line that brings it) and packages (name, version).
kind == "taken" {
	if (!($1 in line)) order[++count] = $1
	if (line[$1] == "" || $2 < line[$1]) line[$1] = $2
	next
}
{ version[$1] = $2 }

END {
	for (i = 1; i <= count; i++)
		print order[i] "\t" (order[i] in version ? version[order[i]] : "0") "\tall\t" order[i] "\tkeep\t" directive " " word "\t" line[order[i]]
}
