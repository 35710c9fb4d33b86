# The names of all packages that apt may come to look at when it is asked for some: those, what their versions depend on in any alternative, and
# what provides such a name. Reads the table (its extra packages), seeds (kind == "seed": a name a line) and fields of package lists
# (kind == "field": lines of Package:, and behind each its Pre-Depends:, Depends:, Recommends: and Provides:, Debian policy 7). Prints them, and the
# name of every package to `names`, once for each list and version. Too many do no harm; one too few would change what apt decides: exits
# with 1 for a relation that goes on in another line.

kind == "table" {
	if ($1 == "extra") needs[$2] = needs[$2] ", " $3
	next
}
kind == "seed" {
	reach($0)
	next
}
/^Package: / {
	package = substr($0, 10)
	print package > names
	next
}
# The last character first: that spares most lines a search of all of them.
substr($0, length($0)) ~ /[,|: \t]/ && /[,|:][ \t]*$/ || /^[ \t]/ { folded = 1 }
/^Provides: / {
	count = split(substr($0, 11), list, ",")
	for (i = 1; i <= count; i++) providers[bare(list[i])] = providers[bare(list[i])] ", " package
	next
}
{
	needs[package] = needs[package] ", " substr($0, index($0, ":") + 1)
}

END {
	if (folded) exit 1
	for (done = 1; done <= last; done++) {
		print queue[done]
		count = split(needs[queue[done]] providers[queue[done]], list, /[,|]/)
		for (i = 1; i <= count; i++) reach(bare(list[i]))
	}
}

function reach(name) {
	if (name == "" || name in reached) return
	reached[name]
	queue[++last] = name
}

# `libfoo1:any (>= 1.2)` without all but the name.
function bare(relation) {
	sub(/^ +/, "", relation)
	sub(/[ :(\[<].*/, "", relation)
	return relation
}
