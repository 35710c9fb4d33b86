# The names of all packages that apt may come to look at when it is asked for some: those, what their versions depend on in any alternative, and
# what provides such a name. Reads the table (its extra packages), seeds (kind == "seed": a name a line) and fields of package lists
# (kind == "field": lines of Package:, and behind each its Pre-Depends:, Depends:, Recommends: and Provides:, Debian policy 7). Prints them, and the
# name of every package to `names`, once for each list and version. Too many do no harm; one too few would change what apt decides: exits
# with 1 for a relation that goes on in another line.
# Most lines are of packages that nothing reaches, so a line is kept as it is and read when its package is reached.

kind == "table" {
	if ($1 == "extra") keep($2, "Extra: " $3)
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
/^[ \t]/ {
	folded = 1
	next
}
# Crates provide three quarters of all provided names in Debian, and nothing but names like theirs.
/^Provides: librust-[^,]*(, librust-[^,]*)*$/ {
	crates[package] = crates[package] "\n" $0
	next
}
/^Provides: / {
	provide(package, $0)
	next
}
{ keep(package, $0) }

END {
	for (done = 1; done <= last; done++) {
		print queue[done]
		if (queue[done] ~ /^librust-/) openCrates()
		count = split(needs[queue[done]] providers[queue[done]], line, "\n")
		for (i = 1; i <= count; i++) follow(line[i])
	}
	if (folded) exit 1
}

function keep(package, field) {
	if (package in needs) needs[package] = needs[package] "\n" field
	else needs[package] = field
}

# Reaches all that a field names.
function follow(field,    count, list, i) {
	count = relations(field, list)
	for (i = 1; i <= count; i++) reach(list[i])
}

function provide(package, field,    count, list, i) {
	count = relations(field, list)
	for (i = 1; i <= count; i++) providers[list[i]] = providers[list[i]] "\nProvider: " package
}

function openCrates(    package, count, line, i) {
	for (package in crates) {
		count = split(crates[package], line, "\n")
		for (i = 2; i <= count; i++) provide(package, line[i])
		delete crates[package]
	}
}

# The names in a field's relations.
function relations(field, list,    count, i) {
	if (field ~ /[,|:][ \t]*$/) folded = 1
	count = split(substr(field, index(field, ":") + 1), list, /[,|]/)
	for (i = 1; i <= count; i++) list[i] = bare(list[i])
	return count
}

function reach(name) {
	if (name == "" || name in reached) return
	reached[name]
	queue[++last] = name
}

# `libfoo1:any (>= 1.2)` without all but the name.
function bare(relation) {
	sub(/^[ \t]+/, "", relation)
	sub(/[ \t:(\[<].*/, "", relation)
	return relation
}
