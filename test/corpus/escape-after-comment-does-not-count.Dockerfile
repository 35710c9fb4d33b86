# a comment ends the parser directives
# escape=`
FROM debian:trixie-slim
RUN echo one \
    two `
RUN echo three
