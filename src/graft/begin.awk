# The links that a stage adds, and the program that it starts with, as the container runtime would look for it. After added.awk and paths.awk.
# Prints to `begin` the program's file (path, as the user names it, entrypoint|cmd), to `troubles` what is wrong.

END {
	for (path in type) if (type[path] == "l" && wanted(path) && (belows || path in fresh)) leads(path)
	readUser()
	program()
}

# A link whose end is not there. What a container has mounted when it runs is not in its image.
function leads(path,    to) {
	to = canon(path)
	if (to == "" || (to in type && type[to] != "l") || to ~ /^(proc|dev|sys|run|var\/run|tmp)(\/|$)/) return
	trouble(path, "link", link[path] "\t" to)
}

# The ids of the stage's user as the runtime finds them: names stand in its own /etc/passwd and /etc/group (opencontainers/runc, user.GetExecUser).
function readUser(    part, n, line, field, passwd, group, found) {
	user = given["user"]
	if (user == "") return
	n = split(user, part, ":")
	userId = part[1] ~ /^[0-9]+$/ ? part[1] : ""
	passwd = canon("etc/passwd")
	while (is(passwd, "f") && (getline line < (root[passwd] "/" passwd)) > 0) {
		split(line, field, ":")
		if (field[1] != part[1] && (userId == "" || field[3] != userId)) continue
		if (found++) continue
		userName = field[1]
		userId = field[3]
		groups[field[4]]
	}
	if (userId == "") {
		trouble("etc/passwd", "user", part[1])
		return
	}
	if (!found) groups[0]
	group = canon("etc/group")
	if (n > 1) split("", groups)
	if (n > 1 && part[2] ~ /^[0-9]+$/) groups[part[2]]
	found = n < 2 || part[2] ~ /^[0-9]+$/
	while (is(group, "f") && (getline line < (root[group] "/" group)) > 0) {
		split(line, field, ":")
		if (n > 1 && field[1] == part[2]) {
			groups[field[3]]
			found = 1
		}
		if (n < 2 && userName != "" && ("," field[4] ",") ~ ("," userName ",")) groups[field[3]]
	}
	if (!found) trouble("etc/group", "group", part[2])
}

function program(    instruction, name, part, n, i, at, first) {
	instruction = "entrypoint" in given ? "entrypoint" : "cmd"
	if (!(instruction in given)) return
	name = given[instruction]
	if (name == "") {
		trouble("", "start", instruction "\tempty\t")
		return
	}
	if (name ~ /\//) {
		at = canon(substr(name, 1, 1) == "/" ? substr(name, 2) : substr(given["workdir"], 2) "/" name)
		begin(instruction, name, at)
		return
	}
	n = split(given["path"], part, ":")
	for (i = 1; i <= n; i++) {
		if (part[i] !~ /^\//) continue
		at = canon(substr(part[i], 2) "/" name)
		if (!is(at, "f")) continue
		if (runs(at)) {
			begin(instruction, name, at)
			return
		}
		if (first == "") first = at
	}
	begin(instruction, name, first)
}

# A program that is mounted when the container runs is left out by its path.
function begin(instruction, name, at) {
	if (leftOut(name)) return
	if (at == "" || !(at in type)) trouble(at, "start", instruction "\tabsent\t" name)
	else if (type[at] == "d") trouble(at, "start", instruction "\tfolder\t" name)
	else if (!runs(at)) trouble(at, "start", instruction "\tmode\t" name "\t" mode[at] "\t" uid[at] ":" gid[at])
	else print at "\t" name "\t" instruction > "begin"
}

# Whether the stage's user may run the file: its own bit, and that of each folder on the way.
function runs(at,    folder) {
	for (folder = dirname(at); folder != ""; folder = dirname(folder)) if (userId + 0 != 0 && !may(folder)) return 0
	return may(at)
}

function may(path,    bits) {
	bits = sprintf("%04d", mode[path])
	if (userId == "" || userId + 0 == 0) return bits ~ /[1357].?.?$/
	if (uid[path] == userId) return bits ~ /[1357]..$/
	if (gid[path] in groups) return bits ~ /[1357].$/
	return bits ~ /[1357]$/
}
