# The folders that a list of paths needs: each path's parents, and the paths themselves where they come from the list `folders`.
{
	path = $0
	if (FILENAME == folders) print path
	# Not as /.../: there busybox takes the backslash before a slash in brackets for a character of a name.
	while (sub("/[^/]*$", "", path) && path != ".") print path
}
