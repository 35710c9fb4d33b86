# The dictionaries as aspell-autobuildhash(8) compiles them. A language has one list of its own name, or those that its .contents names.
. "$lib/inside.sh"
mkdir -p var/lib/aspell
for list in usr/share/aspell/*wl.gz; do
	name=${list##*/}
	name=${name%.*wl.gz}
	language=$name
	for contents in usr/share/aspell/*.contents; do
		if grep -qs "^[ 	]*${name}[ 	]*\$" "$contents"; then
			language=${contents##*/}
			language=${language%.contents}
		fi
	done
	case $list in
	*.cwl.gz) gzip -dc "$list" | inside /usr/bin/prezip-bin -d ;;
	*) gzip -dc "$list" ;;
	esac | inside "$tool" --per-conf=/dev/null --dont-validate-affixes --local-data-dir=/usr/lib/aspell --lang="$language" \
		create master "/var/lib/aspell/$name.rws"
done
