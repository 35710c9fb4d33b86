# Of the files in the first list, those that have a time of content that is not before `newest`, by the list of the whole tree.
NR == FNR {
	wanted[$0] = 1
	next
}
{
	at = 0
	for (field = 1; field <= 6; field++) at += length($field) + 1
	path = substr($0, at + 1)
	if (path in wanted && $5 >= newest) print path
}
