# The list of GTK 3's input methods, in the order of their names.
. "$lib/inside.sh"
folder=usr/lib/$multiarch/gtk-3.0/3.0.0
set --
for file in "$folder"/immodules/*.so; do
	set -- "$@" "/$file"
done
inside "$tool" "$@" >"$folder/immodules.cache"
