# Before packages are unpacked: writes `unwritten`, what of them is not written, and `held`, the packages of which the control files are enough at
# first, because nothing of them may come along: package, base|perhaps. The base has the first and keeps its own; the others are the table's, for
# maintainer scripts and shells, and later.sh finds out whether something needs them. Files of these are often a great part of all (libc6).
set -eu
lib=${0%/*}
. "$lib/places.sh"
# A line that asks for files by name may ask for documents and translations, too.
if grep -q "$(printf '\t')--with$(printf '\t')" "$work/lines"; then
	: >"$work/unwritten"
else
	cat >"$work/unwritten" <<'END'
./usr/share/doc/*/[!c]*
./usr/share/doc/*/c[!o]*
./usr/share/doc/*/co[!p]*
./usr/share/man/*
./usr/share/info/*
./usr/share/locale/*/LC_MESSAGES/*
./usr/share/lintian/*
./usr/share/bug/*
./usr/share/doc-base/*
./usr/share/gtk-doc/*
END
fi
# Patterns of a line count as used when they fit a file that the base keeps.
awk -F '\t' 'kind == "facts" { if ($1 == "libc") libc = 1 }
	kind == "records" { recorded[$1] }
	kind == "words" { direct[$2] }
	kind == "lines" && $3 ~ /^--with(out)?$/ { patterns = 1 }
	kind == "table" && !($2 in direct) {
		if ($1 ~ /^(maintainer|shell)$/) print $2 "\tperhaps"
		else if ($1 == "base" && libc && $2 in recorded && !patterns) print $2 "\tbase"
	}' kind=facts "$work/facts" kind=records "$work/base.packages" kind=words "$work/words" kind=lines "$work/lines" \
	kind=table "$lib/packages.txt" | sort -u >"$work/held"
