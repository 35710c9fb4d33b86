# For the scripts that make files (images/packages/*.sh), which run in the throw-away root's folder. They find there: `inside PROGRAM
# ARGUMENT...`, which runs a program of the packages with this folder as its root (and with the variable
# that `with` names as NAME=VALUE); `tool`, the path of the program that the table names; `multiarch`.
# shellcheck shell=sh
inside() {
	timeout 120 env -i PATH=/usr/sbin:/usr/bin LC_ALL=C HOME=/tmp "${with:-LANG=C}" chroot . "$@"
}
