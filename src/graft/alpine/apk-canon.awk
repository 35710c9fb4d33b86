# A path of -v asked with the base's links followed, after paths.awk.

END { print canon(asked) }
