# How a package is unpacked, for scripts that source this file. Nothing of a package is run. Documentation, manuals and translations are not even
# written, unless a line may ask for them (see hold.sh); the copyright file is (its licence asks for it).
# Owners are numbers: names would be looked up in the builder. tar restores no extended attributes, so file capabilities never arrive.
# shellcheck shell=sh disable=SC2154 # places.sh has set `work`

# The package of a .deb file, by its name: packageOf FILE. Sets `package`.
packageOf() {
	package=${1##*/}
	package=${package%%_*}
}

# Its control files go to `control/<package>`: unpackControl FILE.
unpackControl() {
	packageOf "$1"
	dpkg-deb -e "$1" "$work/control/$package"
}

# Its files go to a folder that is there: unpackFiles FILE FOLDER.
unpackFiles() {
	dpkg-deb --fsys-tarfile "$1" | tar -x -p -C "$2" --numeric-owner --anchored --wildcards -X "$work/unwritten"
}
