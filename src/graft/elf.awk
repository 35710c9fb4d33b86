# Reads what a dynamic ELF file needs, without any program but od. Three passes, each over the bytes that the pass before asked for:
# file header and program headers, the dynamic section, the stretch of the string table that its entries point to.
# Input: `file<TAB>path<TAB>kept` before the bytes of each file, in decimal as od -tu1 prints them; `kept` is what the pass before found out.
# The first two passes print a shell script that reads the bytes for the next pass; the last one prints lines
# path, needed|soname|runpath, name.
# Layout: System V ABI, ELF header, program header, dynamic section; both classes and both byte orders.

BEGIN { FS = "\t" }
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
END { flush() }

function flush() {
	if (path == "") return
	if (pass == 1) headers()
	else if (pass == 2) dynamic()
	else strings()
}

# The unsigned number of `size` bytes at `at`, in the file's byte order.
function number(at, size,    i, value) {
	for (i = 0; i < size; i++) value = value * 256 + byte[little ? at + size - 1 - i : at + i]
	return value
}

function headers(    i, at, table, entry, count, loads, section) {
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
	ask(part[1], part[2], wide " " little loads)
}

# kept: wide, little, then address, offset and size of each loaded segment.
function dynamic(    n, i, known, size, tag, value, table, first, last, wanted, segment) {
	n = split(kept, known, " ")
	wide = known[1]
	little = known[2]
	size = wide ? 8 : 4
	first = -1
	for (i = 0; i + 2 * size <= bytes; i += 2 * size) {
		tag = number(i, size)
		value = number(i + size, size)
		if (tag == 0) break
		if (tag == 5) table = value
		if (tag != 1 && tag != 14 && tag != 15 && tag != 29) continue
		wanted = wanted " " (tag == 1 ? "needed" : tag == 14 ? "soname" : "runpath") " " value
		if (first < 0 || value < first) first = value
		if (value > last) last = value
	}
	if (wanted == "") return
	for (segment = 3; segment + 2 <= n; segment += 3)
		if (table >= known[segment] && table < known[segment] + known[segment + 2]) {
			table = table - known[segment] + known[segment + 1]
			break
		}
	ask(table + first, last - first + 1024, first wanted)
}

# kept: offset of the first byte, then pairs of what it is and its offset.
function strings(    n, i, at, known, text) {
	n = split(kept, known, " ")
	for (i = 2; i < n; i += 2) {
		text = ""
		for (at = known[i + 1] - known[1]; at < bytes && byte[at] != 0; at++) text = text sprintf("%c", byte[at] + 0)
		print path "\t" known[i] "\t" text
	}
}

function ask(offset, size, keep) {
	printf "printf '%%s\\t%%s\\t%%s\\n' file %s '%s'; od -An -v -tu1 -j %.0f -N %.0f %s\n", quote(path), keep, offset, size, quote(path)
}

function quote(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
