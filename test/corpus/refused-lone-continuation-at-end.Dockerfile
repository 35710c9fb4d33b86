FROM debian:trixie-slim
\
