# Whether the libraries that files need are where the loader looks, told by names alone. After paths.awk, which has read the base's files and
# the new ones. Reads search (folder, conf when only ld.so.cache tells what is in it), cached (path), needs (as elf.awk prints them);
# prints `file<TAB>missing<TAB>library`, and to foundFile, if told, `file<TAB>library<TAB>its path`.

kind == "search" {
	if ($2 == "conf") next
	folders[++count] = $1
	if ($1 ~ /^(usr\/)?lib\/[^\/]*-linux-[^\/]*$/) library = "lib/" basename($1)
	next
}
kind == "cached" {
	if (!(basename($0) in cached)) cached[basename($0)] = substr($0, 2)
	next
}
kind == "needs" {
	if ($2 == "runpath") own[$1] = own[$1] ":" $3
	else if ($2 == "needed") {
		file[++needs] = $1
		asked[needs] = $3
	}
}

END {
	for (i = 1; i <= needs; i++) {
		path = find(file[i], asked[i])
		if (path == "") print file[i] "\tmissing\t" asked[i]
		else if (foundFile != "") print file[i] "\t" asked[i] "\t" path > foundFile
	}
}

# In the loader's order: the file's own folders, the cache, the built-in folders (ld.so(8)).
function find(file, name,    i, n, part, folder, path) {
	if (name ~ /\//) return there(name)
	n = split(own[file], part, ":")
	for (i = 1; i <= n; i++) {
		folder = part[i]
		gsub(/\$(ORIGIN|\{ORIGIN\})/, "/" dirname(canon(file)), folder)
		gsub(/\$(LIB|\{LIB\})/, library, folder)
		if (folder != "" && (path = there(folder "/" name)) != "") return path
	}
	if (name in cached && (path = there(cached[name])) != "") return path
	for (i = 1; i <= count; i++) if ((path = there(folders[i] "/" name)) != "") return path
	return ""
}

function there(path) {
	path = canon(path)
	return is(path, "f") ? path : ""
}
