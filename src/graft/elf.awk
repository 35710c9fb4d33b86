# Reads what a dynamic ELF file needs and has, without any program but od. Four passes, each over the bytes that the pass before asked for:
# file header and program headers, the dynamic section, the sections about versions, the names that all these point to.
# Input: `file<TAB>path<TAB>kept` before the bytes of each file, in decimal as od -tu1 prints them; `kept` is what the pass before found out.
# All but the last print a shell script that reads the bytes for the next pass; the last one prints lines
# path, needed|soname|runpath, name; path, version, library, version that is asked of it; path, defines, version.
# Pass 0 stands alone and tells of the headers; its input are lines of a path and its first bytes. It prints path, elf, "class byte-order machine", kind, the loader asked for, dynamic or static.
# Layout: System V ABI, ELF header, program header, dynamic section; both classes and both byte orders.

BEGIN { FS = "\t" }
pass == 0 {
	path = $1
	bytes = split($2, part, " ")
	for (i = 1; i <= bytes; i++) byte[i - 1] = part[i]
	summary()
	next
}
$1 == "file" {
	flush()
	path = $2
	kept = $3
	bytes = 0
	next
}
{
	n = split($0, part, " ")
	for (i = 1; i <= n; i++) byte[bytes++] = part[i]
}
END { if (pass > 0) flush() }

function flush() {
	if (path == "") return
	if (pass == 1) headers()
	else if (pass == 2) dynamic()
	else if (pass == 3) versions()
	else strings()
}

# The unsigned number of `size` bytes at `at`, in the file's byte order.
function number(at, size,    i, value) {
	for (i = 0; i < size; i++) value = value * 256 + byte[little ? at + size - 1 - i : at + i]
	return value
}

# The loader's path is beyond the bytes read when a tool has moved it: "?".
function summary(    i, k, at, table, entry, count, from, size, asks, linked) {
	if (bytes < 52) return
	wide = byte[4] == 2
	little = byte[5] == 1
	table = number(wide ? 32 : 28, wide ? 8 : 4)
	entry = number(wide ? 54 : 42, 2)
	count = number(wide ? 56 : 44, 2)
	for (i = 0; i < count && table + (i + 1) * entry <= bytes; i++) {
		at = table + i * entry
		if (number(at, 4) == 2) linked = 1
		if (number(at, 4) != 3) continue
		from = number(at + (wide ? 8 : 4), wide ? 8 : 4)
		size = number(at + (wide ? 32 : 16), wide ? 8 : 4)
		if (from + size > bytes) asks = "?"
		else for (k = 0; k < size && byte[from + k] != 0; k++) asks = asks sprintf("%c", byte[from + k] + 0)
	}
	gsub(/[\t\n]/, "?", asks)
	print path "\telf\t" byte[4] " " byte[5] " " number(18, 2) "\t" number(16, 2) "\t" asks "\t" (linked ? "dynamic" : "static")
}

function headers(    i, at, table, entry, count, loads, section, part) {
	if (bytes < 52 || byte[0] != 127 || byte[1] != 69 || byte[2] != 76 || byte[3] != 70) return
	wide = byte[4] == 2
	little = byte[5] == 1
	table = number(wide ? 32 : 28, wide ? 8 : 4)
	entry = number(wide ? 54 : 42, 2)
	count = number(wide ? 56 : 44, 2)
	for (i = 0; i < count && table + (i + 1) * entry <= bytes; i++) {
		at = table + i * entry
		if (number(at, 4) == 1)
			loads = loads " " number(at + (wide ? 16 : 8), wide ? 8 : 4) " " number(at + (wide ? 8 : 4), wide ? 8 : 4) " " number(at + (wide ? 32 : 16), wide ? 8 : 4)
		else if (number(at, 4) == 2)
			section = number(at + (wide ? 8 : 4), wide ? 8 : 4) " " number(at + (wide ? 32 : 16), wide ? 8 : 4)
	}
	if (section == "") return
	split(section, part, " ")
	ask(section, wide " " little loads)
}

# kept: wide, little, then address, offset and size of each loaded segment.
function dynamic(    known, size, i, tag, value, names, needs, defines) {
	segments = split(kept, segment, " ")
	wide = segment[1]
	little = segment[2]
	size = wide ? 8 : 4
	for (i = 0; i + 2 * size <= bytes; i += 2 * size) {
		tag = number(i, size)
		value = number(i + size, size)
		if (tag == 0) break
		known[tag] = value
		if (tag == 1 || tag == 14 || tag == 15 || tag == 29) names = names " " (tag == 1 ? "needed" : tag == 14 ? "soname" : "runpath") " " value
	}
	if (!(5 in known)) return
	# DT_VERNEED and DT_VERDEF: versions of symbols that the file asks of others, and that it has (Linux Standard Base, symbol versioning).
	needs = stretch(1879048190, known)
	defines = stretch(1879048188, known)
	if (names needs defines == "") return
	ask(needs defines, little " " fileOffset(known[5]) " " room " " sizeOf(needs) names)
}

# Where an address is in the file; `room` is what the segment has from there on.
function fileOffset(address,    i) {
	for (i = 3; i + 2 <= segments; i += 3)
		if (address >= segment[i] && address < segment[i] + segment[i + 2]) {
			room = segment[i] + segment[i + 2] - address
			return address - segment[i] + segment[i + 1]
		}
	room = 0
	return 0
}

# " offset size" of the section that this tag tells the address of, or nothing. The dynamic section has no size for it: it ends where another
# section begins that has its address there, at the latest.
function stretch(tag, known,    other, addresses, i, offset, size) {
	if (!(tag in known)) return ""
	offset = fileOffset(known[tag])
	size = room < 16384 ? room : 16384
	for (i = split("3 4 5 6 7 12 13 17 23 25 26 32 36 1879047925 1879048176 1879048188 1879048190", addresses, " "); i > 0; i--) {
		other = addresses[i]
		if (other in known && known[other] > known[tag] && known[other] - known[tag] < size) size = known[other] - known[tag]
	}
	return size ? " " offset " " size : ""
}

function sizeOf(where,    part) {
	return split(where, part, " ") ? part[2] : 0
}

# kept: little, offset and size of the string table, how many of the bytes are about needed versions, pairs of what a name is and where.
function versions(    known, n, i, names) {
	n = split(kept, known, " ")
	little = known[1]
	for (i = 5; i < n; i += 2) names = names " " known[i] " " known[i + 1]
	askNames(known[2], known[3], names neededVersions(0, known[4]) definedVersions(known[4], bytes))
}

# Entries of 16 bytes: version, count, file, first version of it, next entry; each version: hash, flags (2 is weak), index, name, next.
function neededVersions(at, end,    names, entry, version, left) {
	for (entry = at; entry + 16 <= end; entry += number(entry + 12, 4)) {
		version = entry + number(entry + 8, 4)
		for (left = number(entry + 2, 2); left > 0 && version + 16 <= end; left--) {
			if (int(number(version + 4, 2) / 2) % 2 == 0) names = names " from " number(entry + 4, 4) " version " number(version + 8, 4)
			if (number(version + 12, 4) == 0) break
			version += number(version + 12, 4)
		}
		if (number(entry + 12, 4) == 0) break
	}
	return names
}

# Entries of 20 bytes: version, flags, index, count, hash, its name (an entry that begins with it), next entry. A list that is cut says nothing.
function definedVersions(at, end,    names, entry, name) {
	for (entry = at; entry + 20 <= end; entry += number(entry + 16, 4)) {
		name = entry + number(entry + 12, 4)
		if (name + 8 > end) return ""
		names = names " defines " number(name, 4)
		if (number(entry + 16, 4) == 0) return names
	}
	return ""
}

# Asks for the names' bytes: a large table is not read as a whole for names that are far apart. Keeps pairs of what and place in the bytes.
function askNames(table, size, names,    part, n, i, k, place, order, count, from, to, regions, base, at) {
	n = split(names, part, " ")
	for (i = 2; i <= n; i += 2) {
		place = part[i] + 0
		if (place >= size || place in at) continue
		at[place]
		for (k = ++count; k > 1 && order[k - 1] > place; k--) order[k] = order[k - 1]
		order[k] = place
	}
	for (i = 1; i <= count; i = k) {
		from = order[i]
		for (k = i; k <= count && order[k] - (k > i ? order[k - 1] : from) < 1024; k++) at[order[k]] = base + order[k] - from
		to = order[k - 1] + 512
		if (to > size) to = size
		regions = regions " " table + from " " to - from
		base += to - from
	}
	kept = ""
	for (i = 2; i <= n; i += 2) if (part[i] + 0 in at) kept = kept " " part[i - 1] " " at[part[i] + 0]
	if (count) ask(regions, kept)
}

# kept: pairs of what a name is and where it begins.
function strings(    n, i, k, known, text, library) {
	n = split(kept, known, " ")
	for (i = 1; i < n; i += 2) {
		text = ""
		for (k = known[i + 1]; k < bytes && byte[k] != 0; k++) text = text sprintf("%c", byte[k] + 0)
		if (known[i] == "from") library = text
		else print path "\t" known[i] "\t" (known[i] == "version" ? library "\t" : "") text
	}
}

# Prints the commands that read these stretches of the file, pairs of offset and size, for the next pass. od fails where a file is cut.
function ask(regions, keep,    part, n, i) {
	if (!asked++) print "set -e"
	printf "printf '%%s\\t%%s\\t%%s\\n' file %s '%s'\n", quote(path), keep
	n = split(regions, part, " ")
	for (i = 1; i < n; i += 2)
		printf "od -An -v -tu1 -j %.0f -N %.0f %s || [ $(wc -c <%s) -le %.0f ]\n", part[i], part[i + 1], quote(path), quote(path), part[i]
}

function quote(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
