# escape=`
FROM debian:trixie-slim
ENV APP_HOME="c:\Program Files\App\"
COPY <<EOF /install.cmd
@echo off
copy c:\from\ c:\to\
EOF
RUN echo done `
    && echo again
