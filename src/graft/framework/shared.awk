# Where a shared framework of .NET is. After paths.awk, which has read a root's files. Prints for each version: "-", the folder of .NET, the version, "host" when
# the command `dotnet` leads to that folder, and the version's own folder.

END {
	n = split("usr/local/bin usr/bin bin", folder, " ")
	for (i = 1; i <= n && host == ""; i++) if (is(canon(folder[i] "/dotnet"), "f")) host = dirname(canon(folder[i] "/dotnet"))
	tail_ = "/shared/" framework "/"
	for (at in type) {
		if (type[at] != "d" || !(cut = index(at, tail_))) continue
		version = substr(at, cut + length(tail_))
		if (version !~ /^[0-9]+[.][0-9]+[.][0-9][^\/]*$/) continue
		base_ = substr(at, 1, cut - 1)
		if (is(base_ "/dotnet", "f")) print "-\t" base_ "\t" version "\t" (base_ == host ? "host" : "none") "\t" at
	}
}
