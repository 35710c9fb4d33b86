# syntax=dhi-frontend:1
# escape=`
FROM debian:trixie-slim
RUN <<EOF
cat >/etc/text <<TEXT
DHI-NATIVE libgdiplus
TEXT
EOF
COPY <<"EOF" /etc/greeting
DHI-NATIVE libgdiplus
$HOME `
EOF
RUN echo one `
    && echo two
