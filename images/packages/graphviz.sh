# The list of Graphviz' plugins.
. "$lib/inside.sh"
inside "$tool" -c
