FROM debian:trixie-slim
RUN cat <<EOF | tr a-z A-Z > /upper
make me loud
EOF
RUN cat <<A > /a && cat <<B > /b
in a
A
in b
B
