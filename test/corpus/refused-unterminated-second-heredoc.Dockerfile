FROM debian:trixie-slim
COPY <<A <<B /x/
a
A
b
