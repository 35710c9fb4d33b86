# The runtime's commands that the base has already, in any folder where commands are looked for. After paths.awk. Reads commands (name, path); prints name
# and path there.

kind == "commands" {
	n = split("usr/local/bin usr/bin bin usr/local/sbin usr/sbin sbin " dirname($2), folder, " ")
	for (i = 1; i <= n; i++) {
		at = settle(folder[i] "/" $1)
		if (at in type && type[at] != "d") {
			print $1 "\t" at
			next
		}
	}
}
