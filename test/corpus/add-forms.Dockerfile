FROM debian:trixie-slim
ADD --chown=0:0 <<one.txt <<"two.txt" /srv/
1
one.txt
$2
two.txt
