# The list of GTK 2's input methods, in the order of their names.
. "$lib/inside.sh"
folder=usr/lib/$multiarch/gtk-2.0/2.10.0
set --
for file in "$folder"/immodules/*.so; do
	set -- "$@" "/$file"
done
inside "$tool" "$@" >"$folder/immodules.cache"
