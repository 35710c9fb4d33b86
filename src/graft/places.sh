# Where things stand inside the build step. Every script reads this file first; the tests lend one of their own.
# shellcheck disable=SC2034 # the scripts that source this file use the names
target=/target
base=/base
have=/have
donor=/donor
before=/before
after=/after
certs=/certs
shell=/shell
out=/out
work=/graft
index=/dhi/apt
cache=/dhi/cache
access=/dhi/access
etc=/etc
empty=/empty
sonames=/dhi/sonames.txt
