# Which libraries of the runtime its commands would not find in the base. After paths.awk. Reads target (folders that the base's loader searches; `conf` for those
# of which it knows what its cache says), have (the base's files), files (package, path: what is taken), commands (name, path, what it leads to), base (the donor's), needs (as
# elf.awk prints them); prints package, the link to make in `folder`, and where it leads.

kind == "target" {
	loads[$1] = $2
	next
}
kind == "have" {
	if (dirname($7) in loads) found[basename($7)]
	next
}
kind == "files" {
	package[$2] = $1
	name = basename($2)
	if (dirname($2) in loads && loads[dirname($2)] != "conf") found[name]
	if (!(name in place) || $2 < place[name]) place[name] = $2
	next
}
kind == "commands" {
	queue[++queued] = $3
	next
}
kind == "needs" {
	if ($2 == "runpath") own[$1] = own[$1] ":" $3
	else if ($2 == "needed") needed[$1] = needed[$1] "\t" $3
	next
}

END {
	for (k = 1; k <= queued; k++) {
		if (queue[k] in seen) continue
		seen[queue[k]]
		n = split(needed[queue[k]], name_, "\t")
		for (i = 1; i <= n; i++) {
			if (!(name_[i] in place)) continue
			at = place[name_[i]]
			queue[++queued] = canon(at)
			if (!(name_[i] in found) && !byRunpath(queue[k], name_[i])) {
				found[name_[i]]
				print package[at] "\t" folder "/" name_[i] "\t" at
			}
		}
	}
}

function byRunpath(file, name,    n, part, i, in_) {
	n = split(own[file], part, ":")
	for (i = 1; i <= n; i++) {
		in_ = part[i]
		gsub(/\$(ORIGIN|\{ORIGIN\})/, "/" dirname(file), in_)
		if (in_ != "" && settle(substr(in_, 2) "/" name) in type) return 1
	}
	return 0
}
