FROM debian:trixie-slim
LABEL text="<<EOF"
ENV SHIFT=<<EOF
CMD echo <<EOF
