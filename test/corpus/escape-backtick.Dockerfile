# escape=`
FROM debian:trixie-slim
RUN echo one && `
    # a comment
    echo c:\dir\
ENV DIR=c:\data\
WORKDIR /srv
