# What programs read of the settings schemas.
. "$lib/inside.sh"
inside "$tool" /usr/share/glib-2.0/schemas
